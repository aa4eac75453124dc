import type { ServerScope, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { describedFront } from "./described-front.js";
import { linesOf } from "./line.js";
import type { Line } from "./line.js";

/**
 * The lines of a scope that a request meets: as they were read, or as they are written from what the topology says.
 *
 * @param name - of the virtual host; undefined for the main server
 */
export function frontOf(
  topology: Topology,
  scope: ServerScope,
  at: Pointer,
  name: string | undefined,
): readonly Line[] {
  if (scope.front !== undefined) return linesOf(scope.front, `${at}/front`);
  const clusters = topology.clusters.map((cluster, index) => [cluster, index] as const);
  return describedFront(
    scope,
    at,
    clusters.filter(([cluster]) => cluster.scope === name),
  );
}
