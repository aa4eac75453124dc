import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { alwaysServed } from "./always-served.js";
import type { EffortOptions } from "./always-served.js";
import { explainRefusal } from "./refusal.js";
import { judgeCapacity } from "./capacity.js";
import { judgeFailback } from "./failback.js";
import type { Finding } from "./finding.js";
import { judgeSessions } from "./sessions.js";
import { judgeShare } from "./share.js";
import { judgeStandbyIdle } from "./standby-idle.js";
import { mendAlwaysServed } from "./mend.js";
import type { ClusterPromise } from "./promise.js";
import type { SearchLimits } from "./search/classes.js";

/** One promise of one cluster and how to check it. */
export interface Case {
  readonly topology: Topology;
  readonly cluster: Cluster;
  readonly promise: ClusterPromise;
  readonly limits: SearchLimits;
  /** Where the promise is declared. */
  readonly at: Pointer;
  readonly options: EffortOptions & { readonly mend?: boolean };
}

/** Checks one promise of one cluster. */
export function judge(checked: Case): Finding {
  const { topology, cluster, promise, limits, at } = checked;
  switch (promise.id) {
    case "always-served":
      return judgeAlwaysServed(checked);
    case "failback":
      return judgeFailback(topology, cluster, promise.within, limits);
    case "standby-idle":
      return judgeStandbyIdle(topology, cluster, promise.within, limits);
    case "share":
      return judgeShare(topology, cluster, promise, limits);
    case "capacity":
      return judgeCapacity(topology, cluster, { load: promise.requestsPerSecond, limits, at });
    case "sessions":
      return judgeSessions(topology, cluster, limits);
  }
}

function judgeAlwaysServed({ topology, cluster, limits, options }: Case): Finding {
  const verdict = alwaysServed(topology, cluster, limits, options);
  const { states } = verdict;
  const bytes = verdict.bytes === undefined ? {} : { bytes: verdict.bytes };
  if (verdict.kind === "holds") return { holds: true, states, proof: verdict.proof, ...bytes };
  if (verdict.kind === "bounded") {
    const note = `no scenario of up to ${verdict.depth} events breaks it; longer ones were not all looked at`;
    return { holds: true, states, depth: verdict.depth, note, ...bytes };
  }
  const [first, second] = verdict.violations.map((violation) => explainRefusal(topology, cluster, violation));
  if (first === undefined) throw new Error("a broken promise has no violation");
  const mends = options.mend === false ? [] : mendAlwaysServed(topology, cluster, limits);
  return { holds: false, states, breach: first, ...(second && { race: second }), mends, ...bytes };
}
