import type { SourcePlace } from "../vocabulary/place.js";
import type { LeftOut } from "./refusal.js";
import type { Rule } from "./rule.js";

/** Tells whether a finding is there only because a directive that httpd refuses was left out. */
export type FollowUp = (rule: Rule, place: SourcePlace | undefined) => boolean;

/** Directives whose absence is found in the section they stand in: a member less, a setting less. */
const MISSED_IN_SECTION: ReadonlySet<string> = new Set(["balancermember", "proxyset", "proxypass", "proxypassreverse"]);

/** Rules that say that a directive is not there, by that directive. */
const MISSED_ELSEWHERE: ReadonlyMap<string, (rule: Rule) => boolean> = new Map([
  ["loadmodule", ({ id }) => id.endsWith("-module")],
  ["proxypass", ({ id }) => id === "cluster-mounted" || id === "reverse-target"],
  ["proxypassmatch", ({ id }) => id === "cluster-mounted" || id === "reverse-target"],
  ["proxypassreverse", ({ id }) => id === "mount-reverse"],
  ["proxy", ({ id }) => id === "mount-cluster"],
]);

/**
 * What follows from directives that were left out.
 *
 * @param crashes - httpd ends where balancers of two servers meet
 */
export function followsFrom(leftOut: readonly LeftOut[], crashes: boolean): FollowUp {
  const sections = new Set(
    leftOut.flatMap(({ name, file, section }) => {
      return section !== undefined && MISSED_IN_SECTION.has(name) ? [`${file}:${section}`] : [];
    }),
  );
  const elsewhere = leftOut.flatMap(({ name }) => MISSED_ELSEWHERE.get(name) ?? []);
  return (rule, place) => {
    if (place !== undefined && sections.has(`${place.file}:${place.line}`)) return true;
    // The mend of a crash at a balancer of two servers settles where that balancer is.
    return (crashes && rule.id === "mount-cluster") || elsewhere.some((isMissed) => isMissed(rule));
  };
}
