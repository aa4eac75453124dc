import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep, ProblemError } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Finding } from "./finding.js";
import { impossibleLoad } from "./impossible-load.js";
import { outagesAgainst, outagesOf } from "./outages.js";
import type { Outage } from "./outages.js";
import { joined, named, sentence } from "./sentence.js";
import type { SearchLimits } from "./search/classes.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { longRunShares, members } from "./serving.js";

/** Most outages that are looked at one by one. */
const MOST_OUTAGES = 40_000;

interface Overload extends Outage {
  readonly member: number;
  readonly load: number;
  readonly capacity: number;
}

/**
 * Decides `capacity`: under the load no member gets more than its declared capacity, whoever of up to so many members
 * fails and whichever zone is lost. Members without a declared capacity can take everything.
 *
 * Throws a ProblemError when the capacities of all members together are below the load.
 */
export function judgeCapacity(
  topology: Topology,
  cluster: Cluster,
  { load, limits, at }: { readonly load: number; readonly limits: SearchLimits; readonly at: Pointer },
): Finding {
  const impossible = impossibleLoad(cluster, load, at);
  if (impossible !== undefined) throw new ProblemError([impossible]);
  const layout = searchLayout(topology, cluster);
  const kindOf = (member: number): string => {
    const { lbset = 0, lbfactor = 0, place = "" } = layout.members[member] ?? {};
    const { capacity = "", zone = "" } = cluster.members[member] ?? {};
    return [lbset, lbfactor, place, capacity, zone].join("|");
  };
  const overload = (outage: Outage): Overload | undefined => overloadIn(cluster, layout, outage, load);
  let states = 0;
  let depth: number | undefined;
  for (const outage of outagesOf(cluster, layout, limits.failures, kindOf)) {
    if (states >= MOST_OUTAGES) {
      depth = outage.downs.length;
      break;
    }
    states++;
    const found = overload(outage);
    if (found !== undefined) return overloaded({ states, shortest: true }, found);
  }
  if (depth === undefined) return { holds: true, states, proof: "argument" };
  for (const member of members(layout)) {
    for (const outage of outagesAgainst(layout, limits.failures, member)) {
      states++;
      const found = overload(outage);
      if (found !== undefined) return overloaded({ states, shortest: false }, found);
    }
  }
  const note = `no loss of fewer than ${depth} members breaks it; larger ones were not all looked at`;
  return { holds: true, states, depth, note };
}

function overloadIn(cluster: Cluster, layout: SearchLayout, outage: Outage, load: number): Overload | undefined {
  for (const { member, numerator, denominator } of longRunShares(layout, new Set(outage.downs))) {
    const { capacity } = cluster.members[member] ?? {};
    const own = (load * numerator) / denominator;
    if (capacity !== undefined && own > capacity * (1 + 1e-9)) return { ...outage, member, capacity, load: own };
  }
  return undefined;
}

interface Extent {
  readonly states: number;
  readonly shortest: boolean;
}

function overloaded({ states, shortest }: Extent, overload: Overload): Finding {
  const { downs, zone, member, load, capacity } = overload;
  const events: readonly SearchEvent[] = [
    ...downs.map((down): SearchEvent => ({ kind: "stop", member: down })),
    { kind: "request" },
  ];
  const gone = joined(
    downs.map((down) => [named(down)]),
    ", ",
  );
  const when =
    downs.length === 0
      ? "with everybody up"
      : zone === undefined
        ? sentence`without ${gone}`
        : sentence`without zone ${zone} (${gone})`;
  return {
    holds: false,
    states,
    breach: {
      events,
      why: sentence`${named(member)} gets ${load.toFixed(2)} requests per second ${when}; its capacity is ${capacity}`,
      sure: true,
      shortest,
      at: `/members${pointerStep(member)}`,
    },
  };
}
