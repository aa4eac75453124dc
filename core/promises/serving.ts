import { CONDITION, NOT_CANDIDATE } from "./search/condition.js";
import type { SearchLayout } from "./search/layout.js";

/** Part of the requests a member serves: hundredths of its load factor over those of all who serve. */
export interface ExactShare {
  readonly member: number;
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Who serves requests without a session in the long run while some members are down, and with which exact shares: the
 * walk over the sets with those members left out. byrequests and bybusyness give everybody who serves its load factor's
 * part over each period; bytraffic does for requests of one size. heartbeat is not predictable: no shares.
 */
export function longRunShares(layout: SearchLayout, downs: ReadonlySet<number>): readonly ExactShare[] {
  if (layout.lbmethod === "heartbeat") return [];
  const usable = (m: number): boolean => !downs.has(m) && ((layout.members[m]?.condition ?? 0) & NOT_CANDIDATE) === 0;
  for (const lbset of layout.lbsets) {
    const inSet = layout.members.flatMap((member, m) => (member.lbset === lbset ? [{ ...member, m }] : []));
    const actives = inSet.filter(({ place }) => place === "active");
    const missing = actives.filter(({ m }) => !usable(m)).length;
    const spares = inSet.filter(({ place, m }) => place === "spare" && usable(m)).slice(0, missing);
    const serving = [...actives.filter(({ m }) => usable(m)), ...spares];
    const chosen = serving.length > 0 ? serving : inSet.filter(({ place, m }) => place === "standby" && usable(m));
    const denominator = chosen.reduce((sum, { lbfactor }) => sum + lbfactor, 0);
    if (chosen.length > 0) return chosen.map(({ m, lbfactor }) => ({ member: m, numerator: lbfactor, denominator }));
  }
  return [];
}

/** Requests after which the counters of those who serve stand as before. */
export function periodOf(shares: readonly ExactShare[]): number {
  const [first] = shares;
  if (first === undefined) return 1;
  const divisor = shares.reduce((common, { numerator }) => gcd(common, numerator), 0);
  return first.denominator / divisor;
}

/** Members of which it matters whether they run: not out of service and not draining. */
export function members(layout: SearchLayout): readonly number[] {
  const settled = CONDITION.out | CONDITION.draining;
  return layout.members.flatMap(({ condition }, m) => ((condition & settled) === 0 ? [m] : []));
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
