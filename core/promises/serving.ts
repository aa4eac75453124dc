import { mayBeInService } from "./search/classes.js";
import type { SearchLimits } from "./search/classes.js";
import { ADMINISTRATIVE, CONDITION, NOT_CANDIDATE } from "./search/condition.js";
import type { Place, SearchLayout } from "./search/layout.js";

/** Part of the requests a member serves: hundredths of its load factor over those of all who serve. */
export interface ExactShare {
  readonly member: number;
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Who serves requests without a session in the long run while some members are down, and with which exact shares: the
 * walk over the sets with those members left out. byrequests and bybusyness give everybody who serves its load factor's
 * part over each period; bytraffic does for requests of one size. A member that ignores errors (I) keeps its part of the
 * requests while it is down, and refuses them, unless health checks take it out; these put back who starts with C. heartbeat
 * is not predictable: no shares.
 */
export function longRunShares(layout: SearchLayout, downs: ReadonlySet<number>): readonly ExactShare[] {
  if (layout.lbmethod === "heartbeat") return [];
  const usable = (m: number): boolean => {
    const { condition = 0, ignoresErrors = false, checked = false, failsChecks = false } = layout.members[m] ?? {};
    if (failsChecks || (downs.has(m) && (checked || !ignoresErrors))) return false;
    return (condition & (checked ? NOT_CANDIDATE & ~CONDITION.failed : NOT_CANDIDATE)) === 0;
  };
  const candidates = (lbset: number, place: Place): readonly number[] => {
    const found: number[] = [];
    layout.members.forEach((member, m) => {
      if (member.lbset === lbset && member.place === place) found.push(m);
    });
    return found;
  };
  for (const lbset of layout.lbsets) {
    const actives = candidates(lbset, "active");
    const serving = actives.filter(usable);
    const missing = actives.length - serving.length;
    if (missing > 0) serving.push(...candidates(lbset, "spare").filter(usable).slice(0, missing));
    const chosen = serving.length > 0 ? serving : candidates(lbset, "standby").filter(usable);
    const factor = (m: number): number => layout.members[m]?.lbfactor ?? 0;
    const denominator = chosen.reduce((sum, m) => sum + factor(m), 0);
    if (chosen.length === 0) continue;
    return chosen.filter((m) => !downs.has(m)).map((m) => ({ member: m, numerator: factor(m), denominator }));
  }
  return [];
}

/** Why shares of requests cannot be told before. */
export const UNPREDICTABLE_SHARES: Readonly<Record<string, string>> = {
  heartbeat: "heartbeat draws at random by load: shares are not predictable",
  bybusyness: "bybusyness goes by requests under way: shares depend on how long answers take",
  bytraffic: "bytraffic goes by bytes: shares of requests depend on their sizes",
};

/** Members of which it matters whether they run: not out of service and not draining. */
export function members(layout: SearchLayout): readonly number[] {
  const settled = CONDITION.out | CONDITION.draining;
  return layout.members.flatMap(({ condition }, m) => ((condition & settled) === 0 ? [m] : []));
}

/** Why shares cannot be told where {@link mayPutBack}. */
export const PUT_BACK = "an operator may put back members that are out of service, which is not looked at";

/** True when operators' actions may put a member back that is out of service by configuration. */
export function mayPutBack(layout: SearchLayout, limits: SearchLimits): boolean {
  return layout.members.some((member) => (member.condition & ADMINISTRATIVE) !== 0 && mayBeInService(member, limits));
}
