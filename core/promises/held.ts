import type { Finding } from "./finding.js";
import { needsModel } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { RequestFound } from "./search/predicate.js";

/** These searches move by requests and retry times alone. */
const STANDING_STILL = "searched as if health checks, traffic and heartbeats changed nothing meanwhile, so not proven";

/** The finding for a promise of which no search found a violation: proven, or looked at up to a depth. */
export function held(layout: SearchLayout, searched: readonly RequestFound[]): Finding {
  const states = searched.reduce((total, found) => total + found.states, 0);
  const depths = searched.flatMap((found) => (found.kind === "bounded" ? [found.depth] : []));
  if (depths.length > 0) {
    const depth = Math.min(...depths);
    const note = `no scenario of up to ${depth} events breaks it; longer ones were not all looked at`;
    return { holds: true, states, depth, note };
  }
  if (searched.length === 0) return { holds: true, states: layout.members.length, proof: "argument" };
  return needsModel(layout) ? { holds: true, states, note: STANDING_STILL } : { holds: true, states, proof: "search" };
}
