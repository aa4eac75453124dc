import { commandsOf } from "./command-tables.js";
import type { CommandRule } from "./command-tables.js";
import { existsIn, isWithin, MEASURED_VERSION } from "./versions.js";
import type { HttpdVersion, VersionRange } from "./versions.js";

type Since = Readonly<Record<string, HttpdVersion>>;

/**
 * First releases whose command tables have a directive, by module: from the binaries of 2.4.6, 2.4.37, 2.4.52, 2.4.57,
 * 2.4.58, 2.4.62 and 2.4.68, and from the tags between them; those of ssl, http2 and md from the tags alone. Of what came
 * behind 2.4.62 the release is not known exactly. Directives that are not named here were there in 2.4.0 or came with their
 * module.
 */
const SINCE: Readonly<Record<string, Since>> = {
  core_module: {
    "<IfFile": "2.4.34",
    "<IfDirective": "2.4.34",
    "<IfSection": "2.4.34",
    ReadBufferSize: "2.4.47",
    FlushMaxThreshold: "2.4.47",
    FlushMaxPipelined: "2.4.47",
    RegexDefaultOptions: "2.4.30",
    CGIPassAuth: "2.4.13",
    CGIVar: "2.4.21",
    QualifyRedirectURL: "2.4.18",
    StrictHostCheck: "2.4.49",
    MergeTrailers: "2.4.11",
    Protocols: "2.4.17",
    ProtocolsHonorOrder: "2.4.17",
    HttpProtocolOptions: "2.4.24",
    RegisterHttpMethod: "2.4.24",
    MergeSlashes: "2.4.39",
  },
  log_config_module: { GlobalLog: "2.4.19" },
  logio_module: { LogIOTrackTTFB: "2.4.13" },
  alias_module: { RedirectRelative: "2.4.58", AliasPreservePath: "2.4.58" },
  auth_basic_module: { AuthBasicUseDigestAlgorithm: "2.4.7" },
  cgi_module: { CGIScriptTimeout: "2.4.59" },
  cgid_module: { CGIDScriptTimeout: "2.4.10" },
  dav_module: { DAVBasePath: "2.4.58", DAVLockDiscovery: "2.4.55" },
  deflate_module: {
    DeflateInflateLimitRequestBody: "2.4.10",
    DeflateInflateRatioLimit: "2.4.10",
    DeflateInflateRatioBurst: "2.4.10",
    DeflateAlterEtag: "2.4.58",
  },
  dir_module: { DirectoryCheckHandler: "2.4.8" },
  macro_module: { MacroIgnoreEmptyArgs: "2.4.63", MacroIgnoreBadNesting: "2.4.63" },
  md_module: {
    MDContactEmail: "2.4.42",
    MDRenewMode: "2.4.40",
    "<MDomain": "2.4.40",
    MDChallengeDns01: "2.4.40",
    MDChallengeDns01Version: "2.4.58",
    MDHttpProxyCACertificateFile: "2.4.69",
  },
  mpm_event_module: { ListenCoresBucketsRatio: "2.4.17", ListenTCPDeferAccept: "2.4.63" },
  mpm_worker_module: { ListenCoresBucketsRatio: "2.4.17", ListenTCPDeferAccept: "2.4.63" },
  mpm_prefork_module: { ListenCoresBucketsRatio: "2.4.17", ListenTCPDeferAccept: "2.4.63" },
  proxy_module: { Proxy100Continue: "2.4.40" },
  proxy_fcgi_module: { ProxyFCGIBackendType: "2.4.26", ProxyFCGISetEnvIf: "2.4.26" },
  proxy_wstunnel_module: { ProxyWebsocketFallbackToProxyHttp: "2.4.48" },
  remoteip_module: { RemoteIPProxyProtocol: "2.4.30", RemoteIPProxyProtocolExceptions: "2.4.30" },
  session_module: { SessionExpiryUpdateInterval: "2.4.41" },
  socache_memcache_module: { MemcacheConnTTL: "2.4.17" },
  speling_module: { CheckBasenameMatch: "2.4.50" },
  substitute_module: { SubstituteMaxLineLength: "2.4.11", SubstituteInheritBefore: "2.4.17" },
  ssl_module: {
    SSLOpenSSLConfCmd: "2.4.8",
    SSLSessionTickets: "2.4.11",
    SSLProxyCheckPeerName: "2.4.5",
    SSLSRPVerifierFile: "2.4.4",
    SSLSRPUnknownUserSeed: "2.4.4",
    SSLCompression: "2.4.3",
    SSLOCSPNoVerify: "2.4.26",
    SSLOCSPProxyURL: "2.4.19",
    SSLOCSPResponderCertificateFile: "2.4.26",
    SSLOCSPUseRequestNonce: "2.4.10",
    SSLVHostSNIPolicy: "2.4.63",
  },
  http2_module: {
    H2ModernTLSOnly: "2.4.18",
    H2Upgrade: "2.4.18",
    H2TLSWarmUpSize: "2.4.18",
    H2TLSCoolDownSecs: "2.4.18",
    H2Push: "2.4.18",
    H2PushPriority: "2.4.18",
    H2PushDiarySize: "2.4.19",
    H2CopyFiles: "2.4.24",
    H2PushResource: "2.4.24",
    H2EarlyHints: "2.4.24",
    H2Padding: "2.4.39",
    H2OutputBuffering: "2.4.47",
    H2StreamTimeout: "2.4.55",
    H2MaxDataFrameLen: "2.4.58",
    H2EarlyHint: "2.4.58",
    H2ProxyRequests: "2.4.58",
    H2WebSockets: "2.4.58",
    H2MaxHeaderBlockLen: "2.4.63",
    H2MaxStreamErrors: "2.4.63",
  },
};

/** What the table of some releases says of directives, where 2.4.71 says something else. */
interface EarlierCommand extends VersionRange {
  readonly module: string;
  readonly names: readonly string[];
  readonly as: Partial<Pick<CommandRule, "form" | "places" | "help">>;
}

const SHORT_ALIAS = { form: "TAKE2", places: 128, help: "a fakename and a realname" } as const;

/** From the same binaries and tags. Help texts that differ by their spelling only are left out. */
const EARLIER: readonly EarlierCommand[] = [
  { until: "2.4.35", module: "core_module", names: ["<IfModule", "<IfDefine"], as: { form: "TAKE1" } },
  { until: "2.4.35", module: "core_module", names: ["<IfFile", "<IfDirective", "<IfSection"], as: { form: "TAKE1" } },
  { until: "2.4.13", module: "alias_module", names: ["Alias", "ScriptAlias"], as: SHORT_ALIAS },
  // Taken back for three releases.
  { since: "2.4.16", until: "2.4.19", module: "alias_module", names: ["Alias", "ScriptAlias"], as: SHORT_ALIAS },
  { until: "2.4.13", module: "alias_module", names: ["Redirect"], as: { form: "TAKE23" } },
  { since: "2.4.16", until: "2.4.19", module: "alias_module", names: ["Redirect"], as: { form: "TAKE23" } },
  { until: "2.4.59", module: "proxy_module", names: ["ProxyRemote", "ProxyRemoteMatch"], as: { form: "TAKE2" } },
  { until: "2.4.47", module: "proxy_module", names: ["ProxyErrorOverride"], as: { form: "FLAG" } },
  {
    ...{ until: "2.4.29", module: "rewrite_module", names: ["RewriteMap"] },
    as: { form: "TAKE2", help: "a mapname and a filename" },
  },
  { until: "2.4.11", module: "substitute_module", names: ["Substitute"], as: { places: 31 } },
  {
    ...{ until: "2.4.10", module: "core_module", names: ["ServerTokens"] },
    as: {
      form: "TAKE12",
      help: "Determine tokens displayed in the Server: header - Min(imal), Major, Minor, Prod, OS or Full",
    },
  },
];

const KNOWN = new Map<HttpdVersion, Map<string, readonly CommandRule[]>>();

/** The directives of a module as an httpd has them; none for modules that are not known. */
export function commandsIn(httpd: HttpdVersion, symbol: string): readonly CommandRule[] {
  if (httpd === MEASURED_VERSION) return commandsOf(symbol);
  const tables = KNOWN.get(httpd) ?? new Map<string, readonly CommandRule[]>();
  KNOWN.set(httpd, tables);
  const known = tables.get(symbol) ?? commandsOf(symbol).flatMap((rule) => asIn(httpd, rule));
  tables.set(symbol, known);
  return known;
}

function asIn(httpd: HttpdVersion, rule: CommandRule): readonly CommandRule[] {
  if (!existsIn(httpd, SINCE[rule.module]?.[rule.name])) return [];
  const earlier = EARLIER.filter(({ module, names }) => module === rule.module && names.includes(rule.name));
  return [{ ...rule, ...earlier.find((one) => isWithin(httpd, one))?.as }];
}
