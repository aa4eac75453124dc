import { VERDICT_RANKS } from "./finding.js";
import type { PromiseFinding } from "./finding.js";
import { modelOnly } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { RequestFound } from "./search/predicate.js";

/** The finding for a promise of which no search found a violation: proven, looked at up to a depth, or not judged. */
export function unbroken(layout: SearchLayout, searched: readonly RequestFound[]): PromiseFinding {
  const states = searched.reduce((total, found) => total + found.states, 0);
  if (searched.length === 0) return { verdict: "holds", states: layout.members.length, proof: "argument" };
  const depths = searched.flatMap((found) => (found.kind === "bounded" ? [found.depth] : []));
  if (depths.length === 0) return { verdict: "holds", states, proof: "search" };
  const depth = Math.min(...depths);
  const why = modelOnly(layout);
  if (depth < 1 && why !== undefined)
    return unjudged(states, `${why}; ${states} states of the model were looked at, none breaks it`);
  return bounded(states, depth, why);
}

/**
 * Nothing breaks a promise in scenarios of up to so many events.
 *
 * @param why - why longer ones cannot be searched as others are
 */
export function bounded(states: number, depth: number, why?: string): PromiseFinding {
  if (depth < 1) return unjudged(states, why ?? "there are too many states to look at");
  const note = "longer scenarios were not all looked at";
  return { verdict: "bounded", states, depth, note: why === undefined ? note : `${note}: ${why}` };
}

/** A promise that no search can decide, and why. */
export function unjudged(states: number, note: string): PromiseFinding {
  return { verdict: "unjudged", states, note };
}

/** The finding for two promises at once: the worse of both, and the states of both. */
export function worse(one: PromiseFinding, other: PromiseFinding): PromiseFinding {
  const states = one.states + other.states;
  const first = VERDICT_RANKS[one.verdict] < VERDICT_RANKS[other.verdict] ? one : other;
  return { ...first, states };
}
