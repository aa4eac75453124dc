import { checkClusterPromises } from "../core/promises/check.js";
import type { PromiseResult } from "../core/promises/check.js";
import { disappointments } from "../core/promises/expected.js";
import type { Disappointment } from "../core/promises/expected.js";
import type { Cluster, Topology } from "../core/topology/topology.js";
import { pointerStep, ProblemError } from "../core/vocabulary/problem.js";
import type { Pointer } from "../core/vocabulary/problem.js";
import { problemFinding } from "./finding.js";
import type { SynthFinding } from "./finding.js";

/** Of each cluster, the servers of other descriptions that send requests to it, too. */
export type ServersBeside = readonly (readonly string[])[];

/**
 * Promises are proved where they were made, and fail the synthesis when they do not hold. Clusters that promise nothing
 * are held to what everybody expects of them, and only warned of.
 */
export function promiseFindings(topology: Topology, beside: ServersBeside): readonly SynthFinding[] {
  return topology.clusters.flatMap((cluster, index) => {
    if (cluster.promises !== undefined) return promised(topology, cluster, beside[index] ?? []);
    const at: Pointer = `/clusters${pointerStep(index)}`;
    return disappointments(topology, cluster).map((broken) => unpromised(cluster, at, broken));
  });
}

function promised(topology: Topology, cluster: Cluster, beside: readonly string[]): readonly SynthFinding[] {
  try {
    return checkClusterPromises(topology, cluster, { beside }).flatMap(promiseFinding);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(problemFinding);
    throw error;
  }
}

function promiseFinding(result: PromiseResult): readonly SynthFinding[] {
  const { id, cluster, verdict, at, counterexample, note, acknowledged } = result;
  if (verdict === "holds" || verdict === "bounded") return [];
  if (verdict === "unjudged") {
    if (acknowledged !== undefined) return [];
    return [{ level: "warning", at, text: `promise '${id}' of cluster '${cluster}' is not judged: ${note ?? ""}` }];
  }
  const why = counterexample?.explanation ?? note ?? "";
  const broken = `promise '${id}' of cluster '${cluster}' does not hold: ${why}`;
  if (acknowledged === undefined) return [{ level: "error", at, text: broken }];
  return [{ level: "warning", at, text: `${broken} Accepted: ${acknowledged}` }];
}

function unpromised({ name }: Cluster, at: Pointer, { id, explanation, acknowledged }: Disappointment): SynthFinding {
  const broken = `nothing is promised of cluster '${name}', and '${id}' would not hold: ${explanation}`;
  const wish = `Promise it to be held to it, or call acknowledge("${id}", reason).`;
  return { level: "warning", at, text: `${broken} ${acknowledged === undefined ? wish : `Accepted: ${acknowledged}`}` };
}
