import type { JkBalancer, JkMember } from "../server-files/jk-workers.js";

/** Who answers requests without a session. */
export interface JkPicks {
  /** Names of members, in the order of the requests; undefined where none is usable. */
  readonly picks: readonly (string | undefined)[];
  /**
   * True when a real mod_jk picks the same. It does until its first maintenance, which halves all counters; with traffic
   * or busyness counted, and behind it, the shares are near these and the order is not.
   */
  readonly exact: boolean;
}

/**
 * The members that a freshly started mod_jk 1.2.48 picks for requests without a session, one after another:
 * `find_best_byvalue` of native/common/jk_lb_worker.c. Each request adds what makes a heavier member cost less; the
 * smallest sum of the smallest distance is picked, the first behind the one found last where two are alike.
 *
 * @param gone - names of members that are in error
 */
export function jkPicks(balancer: JkBalancer, requests: number, gone: readonly string[] = []): JkPicks {
  const { members, method } = balancer;
  const costs = costsOf(members);
  const sums = members.map(() => 0n);
  const picks: (string | undefined)[] = [];
  let start = 0;
  for (let request = 0; request < requests; request++) {
    const found = best(members, sums, { start, gone });
    start = found.start;
    picks.push(members[found.index]?.name);
    sums[found.index] = (sums[found.index] ?? 0n) + (costs[found.index] ?? 0n);
  }
  return { picks, exact: method === "R" || method === "S" || method === "N" };
}

interface Search {
  /** Index of the member that is looked at first. */
  readonly start: number;
  readonly gone: readonly string[];
}

/** Index of the member with the smallest sum, -1 for none, and where the next search begins. */
function best(
  members: readonly JkMember[],
  sums: readonly bigint[],
  { start, gone }: Search,
): { readonly index: number; readonly start: number } {
  let index = -1;
  let next = start;
  for (let step = 0; step < members.length; step++) {
    const at = (start + step) % members.length;
    const member = members[at];
    if (member?.activation !== "active" || gone.includes(member.name)) continue;
    if (index !== -1 && !isBetter(at, index)) continue;
    index = at;
    next = at + 1;
  }
  return { index, start: next };

  function isBetter(left: number, right: number): boolean {
    const far = (members[left]?.distance ?? 0) - (members[right]?.distance ?? 0);
    return far < 0 || (far === 0 && (sums[left] ?? 0n) < (sums[right] ?? 0n));
  }
}

/** What a request adds to each member: the least common multiple of all factors, divided by its own. */
function costsOf(members: readonly JkMember[]): readonly bigint[] {
  const factors = members.map(({ lbfactor }) => BigInt(lbfactor));
  const common = factors.reduce((product, factor) => (product / divisor(product, factor)) * factor, 1n);
  return factors.map((factor) => common / factor);
}

function divisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : divisor(right, left % right);
}
