import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import type { Finding } from "./finding.js";
import type { ClusterPromise } from "./promise.js";
import { named, sentence } from "./sentence.js";
import type { SearchLimits } from "./search/classes.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { longRunShares, members, periodOf } from "./serving.js";

/** Longest period that a counterexample plays out in full. */
const LONGEST_PERIOD = 1_000;

/**
 * Decides `share`: the exact long-run share is the promised one, all up and after each single failure. A failed member
 * leaves its part to the others, so after it a share may be anything from the promised one to the promised one over
 * what the others had before.
 */
export function judgeShare(
  topology: Topology,
  cluster: Cluster,
  promise: Extract<ClusterPromise, { id: "share" }>,
  limits: SearchLimits,
): Finding {
  const layout = searchLayout(topology, cluster);
  const member = cluster.members.findIndex(({ name }) => name === promise.member);
  if (layout.lbmethod === "heartbeat") {
    return { holds: true, states: 0, depth: 0, note: "heartbeat draws at random by load: shares are not predictable" };
  }
  const failing = limits.failures === 0 ? [] : members(layout).filter((other) => other !== member);
  const before = longRunShares(layout, new Set());
  for (const failed of [undefined, ...failing]) {
    const downs = failed === undefined ? [] : [failed];
    const share = shareOf(layout, downs, member);
    const gone = before.find((other) => other.member === failed);
    const left = gone === undefined ? 1 : 1 - gone.numerator / gone.denominator;
    const most = left <= 0 ? 1 : promise.about / left;
    if (share >= promise.about - promise.within - 1e-12 && share <= most + promise.within + 1e-12) continue;
    const breach = example({ layout, promise, downs, member, share });
    return { holds: false, states: failing.length + 1, breach };
  }
  return { holds: true, states: failing.length + 1, proof: "argument" };
}

function shareOf(layout: SearchLayout, downs: readonly number[], member: number): number {
  const own = longRunShares(layout, new Set(downs)).find((share) => share.member === member);
  return own === undefined ? 0 : own.numerator / own.denominator;
}

interface Deviation {
  readonly layout: SearchLayout;
  readonly promise: Extract<ClusterPromise, { id: "share" }>;
  readonly downs: readonly number[];
  readonly member: number;
  readonly share: number;
}

function example({ layout, promise, downs, member, share }: Deviation): Breach {
  const shares = longRunShares(layout, new Set(downs));
  const period = Math.min(periodOf(shares), LONGEST_PERIOD);
  const events: readonly SearchEvent[] = [
    ...downs.map((down): SearchEvent => ({ kind: "stop", member: down })),
    ...Array.from({ length: period }, (): SearchEvent => ({ kind: "request" })),
  ];
  const own = shares.find((other) => other.member === member);
  const exact = own === undefined ? "0" : `${own.numerator / 100}/${own.denominator / 100}`;
  const when = downs.length === 0 ? "with everybody up" : sentence`after ${named(downs[0] ?? 0)} failed`;
  const serves = sentence`${named(member)} serves ${exact} = ${share.toFixed(4)} of the requests ${when}`;
  return {
    events,
    why: sentence`${serves}; promised is ${promise.about} within ${promise.within}`,
    sure: true,
    shortest: false,
    at: `/members${pointerStep(member)}/parameters/loadfactor`,
  };
}
