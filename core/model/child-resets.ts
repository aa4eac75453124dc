import { behaves } from "../vocabulary/behaviours.js";
import type { Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { childLimitOf } from "./child-limit.js";
import type { Spread } from "./share.js";

/** New child processes that set the counters of all balancers back, as every one does up to httpd 2.4.61. */
export interface ChildResets {
  /** The line that ends child processes. */
  readonly at: Pointer;
  /** Connections after which one ends: so many come for each reset, taken together. */
  readonly connections: number;
}

/** A member's part of all requests, which resets move. */
export interface ShareBounds {
  /** Index of the member. */
  readonly member: number;
  readonly least: number;
  readonly most: number;
}

/** The resets that a configuration asks for; undefined where httpd does not reset, or no line ends child processes. */
export function childResetsOf(topology: Topology): ChildResets | undefined {
  return behaves(topology.httpd, "children-reset-balancers") ? childLimitOf(topology) : undefined;
}

/**
 * What the members' parts of all requests may be in the long run. A reset begins the round again, so that what happens
 * between two of them is the beginning of a round: of `length` requests a member gets its share and a deviation, which
 * is the same again after a whole round. Child processes end one after `connections` connections of its own, so that no
 * more than one reset comes for as many requests; resets by load, which no line tells, are not in it.
 *
 * @returns undefined where the round is not known
 */
export function sharesBetweenResets(
  { shares, round }: Spread,
  { connections }: ChildResets,
): readonly ShareBounds[] | undefined {
  if (round === undefined) return undefined;
  return shares.map(({ member, share: { numerator, denominator } }) => {
    const share = numerator / denominator;
    let [count, lowest, highest] = [0, 0, 0];
    for (const [index, picked] of round.entries()) {
      if (picked === member) count += 1;
      const deviation = count - share * (index + 1);
      lowest = Math.min(lowest, deviation);
      highest = Math.max(highest, deviation);
    }
    return {
      member,
      least: Math.max(0, share + lowest / connections),
      most: Math.min(1, share + highest / connections),
    };
  });
}
