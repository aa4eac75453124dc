import { checkPromises } from "../core/promises/check.js";
import type { PromiseResult } from "../core/promises/check.js";
import type { Topology } from "../core/topology/topology.js";
import { ProblemError } from "../core/vocabulary/problem.js";
import type { Pointer } from "../core/vocabulary/problem.js";
import { expectationsOf } from "./expectations.js";
import { problemFinding } from "./finding.js";
import type { Finding } from "./finding.js";

/**
 * Promises are proved where they were made, and fail the synthesis when they do not hold. Clusters that promise nothing
 * are held to what everybody expects of them, and only warned of.
 */
export function promiseFindings(topology: Topology): readonly Finding[] {
  return topology.clusters.flatMap(({ promises }, index) => {
    const alone = withOnly(topology, index);
    const found = promises === undefined ? expectationsOf(alone).map(unpromised) : promised(alone);
    return found.map((finding) => elsewhere(finding, index));
  });
}

function promised(topology: Topology): readonly Finding[] {
  try {
    return checkPromises(topology).flatMap(promiseFinding);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(problemFinding);
    throw error;
  }
}

function promiseFinding(result: PromiseResult): readonly Finding[] {
  const { id, cluster, holds, at, counterexample, note, acknowledged } = result;
  if (holds) return [];
  const why = counterexample?.explanation ?? note ?? "";
  const broken = `promise '${id}' of cluster '${cluster}' does not hold: ${why}`;
  if (acknowledged === undefined) return [{ level: "error", at, text: broken }];
  return [{ level: "warning", at, text: `${broken} Accepted: ${acknowledged}` }];
}

function unpromised({ id, cluster, at, counterexample, acknowledged }: PromiseResult): Finding {
  const broken = `nothing is promised of cluster '${cluster}', and '${id}' would not hold: ${counterexample?.explanation ?? ""}`;
  const wish = `Promise it to be held to it, or call acknowledge("${id}", reason).`;
  return { level: "warning", at, text: `${broken} ${acknowledged === undefined ? wish : `Accepted: ${acknowledged}`}` };
}

/** The topology with one cluster, and the mounts that do not lead to another. */
function withOnly(topology: Topology, index: number): Topology {
  const clusters = topology.clusters.slice(index, index + 1);
  const gone = new Set(topology.clusters.filter((cluster) => !clusters.includes(cluster)).map(({ name }) => name));
  const kept = <S extends Topology["servers"][number]["virtualHosts"][number] | Topology["servers"][number]>(
    scope: S,
  ): S => ({
    ...scope,
    mounts: scope.mounts.filter(({ to }) => to.kind !== "cluster" || !gone.has(to.cluster)),
  });
  const servers = topology.servers.map((server) => ({ ...kept(server), virtualHosts: server.virtualHosts.map(kept) }));
  return { ...topology, clusters, servers };
}

/** A finding about the only cluster of {@link withOnly}, as one about the cluster it was made of. */
function elsewhere(finding: Finding, index: number): Finding {
  return { ...finding, at: finding.at.replace(/^\/clusters\/0(?=\/|$)/, `/clusters/${index}`) as Pointer };
}
