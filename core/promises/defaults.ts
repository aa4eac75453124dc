import { effectiveBalancer } from "../topology/effective.js";
import { roleOf } from "../topology/roles.js";
import type { Cluster } from "../topology/topology.js";
import { PATIENCE } from "./promise.js";
import type { ClusterPromise } from "./promise.js";

/** What a cluster is held to that promises nothing itself: what everybody expects of such a layout. */
export function defaultPromises(cluster: Cluster): readonly ClusterPromise[] {
  const roles = cluster.members.map(roleOf);
  const several = cluster.members.length > 1 && roles.includes("active");
  const standby = roles.includes("standby") && roles.includes("active");
  const replicated =
    effectiveBalancer(cluster).sticky !== undefined &&
    cluster.members.some(({ replicationGroup }) => replicationGroup !== undefined);
  return [
    { id: "always-served" },
    ...(several ? [{ id: "failback", within: PATIENCE } as const] : []),
    ...(standby ? [{ id: "standby-idle", within: PATIENCE } as const] : []),
    ...(replicated ? [{ id: "sessions" } as const] : []),
  ];
}
