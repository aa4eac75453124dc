import { accessStatus } from "./access.js";
import { compileScope } from "./compile.js";
import type { DirConf } from "./dir-conf.js";
import { judged } from "./doubt.js";
import type { RouteLine } from "./line.js";
import { ALL_LOADED } from "./loaded.js";
import { mergeDirConf } from "./merge-dir-conf.js";
import { started } from "./start.js";

/** What lines about who may use something come to for clients that none of them is about. */
export type Openness =
  /** Everybody may, in so many words. */
  | "open"
  /** Nothing is said, so that everybody may. */
  | "unsaid"
  /** Not everybody may. */
  | "limited";

/** Methods of those who look and of those who change: somewhere one of them is open, a page is. */
const METHODS = ["GET", "POST"];

/** Addresses far from each other, which no private or documented network has. */
const STRANGERS = ["11.22.33.44", "99.88.77.66"];

/**
 * How open something is whose sections, in the order httpd merges them, have these lines: {@link accessStatus} is asked
 * for strangers, and what nobody here can judge counts as a limit.
 */
export function opennessOfLines(sections: readonly (readonly RouteLine[])[]): Openness {
  const conf = sections.map(confOf).reduce(mergeDirConf, {});
  if (METHODS.every((method) => !STRANGERS.every((client) => isLetIn(conf, method, client)))) return "limited";
  const required = conf.authorization?.requirements ?? [];
  return required.length > 0 || conf.access22 !== undefined ? "open" : "unsaid";
}

function confOf(lines: readonly RouteLine[]): DirConf {
  return compileScope(lines, {
    name: undefined,
    serverName: undefined,
    port: undefined,
    loaded: ALL_LOADED,
    ofCore: false,
  }).base;
}

function isLetIn(conf: DirConf, method: string, client: string): boolean {
  const { value, doubts } = judged(
    (doubt) => accessStatus(conf, started({ port: 80 }, { path: "/", method, client }, doubt), ALL_LOADED),
    (one, other) => one === other,
  );
  return value === undefined && doubts.length === 0;
}
