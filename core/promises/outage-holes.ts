import type { Cluster, Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { judgePromise } from "./judge-promise.js";
import { told } from "./counterexample.js";
import type { ToldFinding } from "./counterexample.js";

/** Whether a cluster refuses requests though somebody could serve them, with as few members down as it takes. */
export interface Hole {
  readonly cluster: string;
  /** Members that may be down at once. */
  readonly failures: number;
  readonly finding: ToldFinding;
}

/**
 * Checks `always-served` of a cluster: with one member down when that breaks it already, else with all but one.
 *
 * @param isOver - true once the time is over: the search then says how far it came. @default - never
 */
export function holeOf(topology: Topology, cluster: Cluster, isOver?: () => boolean): Hole {
  const all = Math.max(0, cluster.members.length - 1);
  const at: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
  const check = (failures: number): Hole => {
    const promise = { id: "always-served" } as const;
    const finding = judgePromise({
      topology,
      cluster,
      promise,
      limits: { failures },
      at,
      options: { ...(isOver && { isOver }) },
    });
    return { cluster: cluster.name, failures, finding: told(topology, cluster, finding) };
  };
  const most = check(all);
  if (most.finding.counterexample === undefined || all <= 1) return most;
  const one = check(1);
  return one.finding.counterexample === undefined ? most : one;
}

/** A hole, or that there is none, in words. */
export function holeText({ failures, finding }: Hole): readonly string[] {
  const { counterexample, race, depth, verdict, note = "" } = finding;
  const when = failures === 0 ? "With nobody down" : `With up to ${failures} down`;
  if (counterexample === undefined) {
    if (verdict === "unjudged") return [`${when}: not judged whether every request is served: ${note}.`];
    if (verdict === "bounded")
      return [`${when} no scenario of up to ${depth ?? 0} events refuses a request that anybody can serve.`];
    return [`${when} every request is served while anybody can serve it.`];
  }
  return [
    `${when} a request may be refused: ${counterexample.explanation}`,
    ...(race === undefined ? [] : [`A race inside httpd may refuse one sooner: ${race.explanation}`]),
  ];
}

/** The same as data. */
export function holeJson({ failures, finding }: Hole): JsonValue {
  const { verdict, states, depth, counterexample, mends = [] } = finding;
  return {
    failures,
    holds: verdict === "holds",
    verdict,
    states,
    ...(depth !== undefined && { depth }),
    ...(counterexample && { explanation: counterexample.explanation }),
    mends: mends.map(({ changes }) => changes.map(({ text }) => text)),
  };
}
