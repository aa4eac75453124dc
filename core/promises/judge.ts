import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { alwaysServed } from "./always-served.js";
import type { EffortOptions } from "./always-served.js";
import { explainRefusal } from "./counterexample.js";
import type { Finding } from "./finding.js";
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
  switch (checked.promise.id) {
    case "always-served":
      return judgeAlwaysServed(checked);
    default:
      return { holds: true, states: 0, note: "not there yet" };
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
  const words = mends.map(({ changes }) => changes.map(({ text }) => text).join(" and "));
  const remedy = words.length === 0 ? "" : ` What mends it, as checked: ${words.join("; or ")}.`;
  const counterexample = { ...first, explanation: first.explanation + remedy };
  return { holds: false, states, counterexample, ...(second && { race: second }), mends, ...bytes };
}
