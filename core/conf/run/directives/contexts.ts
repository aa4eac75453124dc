import type { Parameter } from "../../../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../../../vocabulary/settings.js";
import type { Executed } from "../executed.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Call } from "./call.js";

/** Kinds of sections a directive can be kept out of: the flags of `ap_check_cmd_context` (server/core.c). */
export type Kind = "virtualHost" | "limit" | "directory" | "location" | "files" | "proxy";

/** Sections of each kind, in the order httpd looks for them. */
const SECTIONS = {
  directory: ["directory", "directorymatch"],
  location: ["location", "locationmatch"],
  files: ["files", "filesmatch", "if", "elseif", "else"],
  proxy: ["proxy", "proxymatch"],
} as const satisfies Partial<Record<Kind, readonly string[]>>;

const GLOBAL_ONLY: readonly Kind[] = ["virtualHost"];
/** Everywhere a server or a Location is expected. */
export const NOT_IN_FILES: readonly Kind[] = ["limit", "directory", "files"];

/** Directives that are allowed in a section by their table and refused by themselves; measured on httpd 2.4.71. */
const KEPT_OUT: ReadonlyMap<string, readonly Kind[]> = new Map<string, readonly Kind[]>([
  ...words(
    "<VirtualHost AcceptFilter ServerTokens Mutex RegexDefaultOptions ScoreBoardFile ExtendedStatus SeeRequestTail " +
      "PidFile MaxRequestsPerChild MaxConnectionsPerChild CoreDumpDirectory MaxMemFree ThreadStackSize " +
      "RegisterHttpMethod WatchdogInterval GlobalLog User Group ChrootDir Suexec <AuthnProviderAlias " +
      "AuthnCacheSOCache AuthnCacheEnable AuthnzFcgiDefineProvider <AuthzProviderAlias ScriptSock HeartbeatAddress " +
      "HeartbeatListen HeartbeatStorage HeartbeatMaxServers LDAPSharedCacheSize LDAPSharedCacheFile LDAPCacheEntries " +
      "LDAPCacheTTL LDAPOpCacheEntries LDAPOpCacheTTL LDAPTrustedGlobalCert LDAPVerifyServerCert " +
      "LDAPConnectionTimeout LDAPLibraryDebug LDAPTimeout LDAPRetries LDAPRetryDelay ListenBacklog " +
      "ListenCoresBucketsRatio Listen SendBufferSize ReceiveBufferSize ListenTCPDeferAccept StartServers " +
      "MinSpareThreads MaxSpareThreads MaxClients ThreadLimit " +
      "AsyncRequestWorkerFactor GracefulShutdownTimeout SessionCryptoDriver SSLPassPhraseDialog " +
      "SSLSessionCache SSLCryptoDevice SSLRandomSeed SSLVHostSNIPolicy SSLFIPS SSLStaplingCache xml2EncAlias",
    GLOBAL_ONLY,
  ),
  ...words(mainOnlySettings().join(" "), GLOBAL_ONLY),
  ...words(
    "CacheEnable CacheDisable LuaHookTranslateName LuaQuickHandler LuaMapHandler LuaOutputFilter " +
      "LuaInputFilter ProxyPass ProxyPassMatch ProxyPassReverse",
    NOT_IN_FILES,
  ),
  ...words("<Files <FilesMatch MultiviewsMatch", ["limit", "location"]),
  ...words("<If <ElseIf <Else", ["limit"]),
  ...words("MDRequireHttps", ["limit", "directory", "location"]),
]);

/** Settings of the vocabulary that belong to the main server. */
function mainOnlySettings(): readonly string[] {
  return Object.values<Parameter>(SERVER_SETTINGS).flatMap(({ mainOnly, directive }) =>
    mainOnly === true && directive !== undefined ? [directive] : [],
  );
}

function words(names: string, kinds: readonly Kind[]): (readonly [string, readonly Kind[]])[] {
  return names.split(" ").map((name) => [name.toLowerCase(), kinds]);
}

/** Complains about a directive in a section it does not want to be in. */
export function contextComplaint(call: Call): Objection {
  const kinds = KEPT_OUT.get(call.rule.key);
  return kinds === undefined ? undefined : keptOut(call, kinds);
}

/** Complains when a directive stands in a section of one of the kinds. */
export function keptOut(call: Call, kinds: readonly Kind[]): Objection {
  const name = call.rule.name.startsWith("<") ? `${call.rule.name}>` : call.rule.name;
  if (kinds.includes("virtualHost") && call.where.server.virtual) {
    return refused(
      `${name} cannot occur within <VirtualHost> section`,
      `move ${name} out of all <VirtualHost> sections: it is one for the whole server`,
    );
  }
  if (kinds.includes("limit") && call.where.limited !== undefined) {
    return refused(
      `${name} cannot occur within <Limit> or <LimitExcept> section`,
      `move ${name} out of the <Limit> or <LimitExcept>`,
    );
  }
  const found = kinds.map((kind) => enclosing(call.directive, kind)).find((section) => section !== undefined);
  if (found === undefined) return undefined;
  const to = kinds.includes("location") ? "out of it" : "out of it, or into a <Location>";
  return refused(`${name} cannot occur within <${found.name}> section`, `move ${name} ${to}`);
}

/** The section of a kind around a directive: of the first name that is found at all the innermost. */
function enclosing(directive: Executed, kind: Kind): Executed | undefined {
  if (kind === "virtualHost" || kind === "limit") return undefined;
  for (const name of SECTIONS[kind]) {
    for (let section = directive.parent; section !== undefined; section = section.parent) {
      if (section.name.toLowerCase() === name) return section;
    }
  }
  return undefined;
}
