import { ACCESS } from "./access.js";
import { ALIASES } from "./aliases.js";
import { authorizationSection, authzProviderAlias, requireProvider } from "./authorization.js";
import { CORE_SETTINGS } from "./core-settings.js";
import { ENVIRONMENT } from "./environment.js";
import { FILTERS } from "./filters.js";
import { HEADERS } from "./headers.js";
import { ifSection } from "./if-sections.js";
import { LOGS } from "./logs.js";
import { oneOf, SETTINGS_IN_TABLE } from "./settings.js";
import { REWRITE } from "./rewrite.js";
import { SERVER_CHECKS } from "./server-settings.js";
import { TEXTS } from "./texts.js";
import { HEALTH_CHECKS } from "./health-checks.js";
import { balancerMember } from "./proxy-members.js";
import { proxyPass, proxyPassMatch, proxyPassReverse } from "./proxy-mounts.js";
import { proxySet } from "./proxy-set.js";
import { proxySection } from "./proxy-section.js";
import { PROXY_SETTINGS } from "./proxy-settings.js";
import { directory, files, limit, location, virtualHost } from "./sections.js";
import { refused } from "../refusal.js";
import type { Refusal } from "../refusal.js";
import type { Call, Check, Enter } from "./call.js";

/** What directives say about their arguments beyond their number, by name in lower case. */
export const CHECKS: ReadonlyMap<string, Check> = byLowerCase<Check>({
  BalancerMember: balancerMember,
  ProxySet: proxySet,
  ProxyPass: proxyPass,
  ProxyPassMatch: proxyPassMatch,
  ProxyPassReverse: proxyPassReverse,
  ...SETTINGS_IN_TABLE,
  ...PROXY_SETTINGS,
  ...HEALTH_CHECKS,
  ...ACCESS,
  ...CORE_SETTINGS,
  ...SERVER_CHECKS,
  ...HEADERS,
  ...FILTERS,
  ...ALIASES,
  ...ENVIRONMENT,
  ...REWRITE,
  ...LOGS,
  ...TEXTS,
  Require: requireProvider,
  AuthMerging: oneOf(
    ["off", "and", "or"],
    "AuthMerging must be one of: Off | And | Or",
    "write AuthMerging Off, And or Or",
  ),
  Error: errorMessage,
});

/** What sections do, by name in lower case, without `<`. */
export const ENTERS: ReadonlyMap<string, Enter> = byLowerCase<Enter>({
  VirtualHost: virtualHost,
  Location: location,
  LocationMatch: location,
  Directory: directory,
  DirectoryMatch: directory,
  Files: files,
  FilesMatch: files,
  Limit: limit,
  LimitExcept: limit,
  Proxy: proxySection,
  ProxyMatch: proxySection,
  AuthzProviderAlias: authzProviderAlias,
  RequireAll: authorizationSection,
  RequireAny: authorizationSection,
  RequireNone: authorizationSection,
  If: ifSection,
  ElseIf: ifSection,
  Else: ifSection,
});

/** `generate_message` of server/core.c: quotes around the whole are left out. */
function errorMessage({ args }: Call): Refusal {
  const mend = "mend what the Error line was put there for, or remove it";
  if (args === "") return refused("The Error directive was used with no message.", mend);
  return refused(/^(["']).*\1$/s.test(args) ? args.slice(1, -1) : args, mend);
}

function byLowerCase<T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(table).map(([name, value]) => [name.toLowerCase(), value]));
}
