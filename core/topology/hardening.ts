import { HARDENING } from "../vocabulary/hardening.js";
import type { HardeningEntry, HardeningName } from "../vocabulary/hardening.js";
import { existsIn } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { Server, ServerScope } from "./topology.js";

/** A hardening directive of a scope: to be written, or left out for a reason. */
export interface Hardened {
  readonly name: HardeningName;
  readonly entry: HardeningEntry;
  /** @default - it is written */
  readonly off?: string;
}

const ENTRIES: readonly (readonly [HardeningName, HardeningEntry])[] = Object.entries<HardeningEntry>(HARDENING).filter(
  (row): row is [HardeningName, HardeningEntry] => Object.hasOwn(HARDENING, row[0]),
);

/**
 * The hardening directives of the main server, or those beside the certificate of a scope. A directive that the user's
 * own lines have is theirs, and a server that was read from an httpd.conf says what it says.
 */
export function hardeningOf(
  server: Server,
  httpd: HttpdVersion,
  where: HardeningEntry["where"],
  scope: ServerScope = server,
): readonly Hardened[] {
  if (server.front !== undefined) return [];
  const own = ownDirectives([...(server.extra ?? []), ...(scope === server ? [] : (scope.extra ?? []))]);
  if (server.serverName !== undefined) own.add(HARDENING.servername.directive.toLowerCase());
  const choices = server.hardening ?? {};
  return ENTRIES.flatMap(([name, entry]) => {
    if (entry.where !== where || own.has(name) || !existsIn(httpd, entry.since)) return [];
    const reason = choices[name]?.off ?? choices.all?.off;
    return [{ name, entry, ...(reason === undefined ? {} : { off: reason }) }];
  });
}

/** Directives of lines that stand in no section, in lower case. */
function ownDirectives(lines: readonly string[]): Set<string> {
  const names = new Set<string>();
  let depth = 0;
  for (const line of lines) {
    const [, opening = "", name = ""] = /^\s*(<\/?)?([A-Za-z0-9_]*)/.exec(line) ?? [];
    if (opening === "<") depth += 1;
    else if (opening === "</") depth -= 1;
    else if (depth === 0) names.add(name.toLowerCase());
  }
  return names;
}
