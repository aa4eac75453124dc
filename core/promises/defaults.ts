import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import { roleOf } from "../topology/roles.js";
import type { Cluster, Member, PromiseDeclaration } from "../topology/topology.js";
import { PATIENCE, Promises } from "./promise.js";
import type { ClusterPromise, PromiseId } from "./promise.js";

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

/**
 * A promise a cluster is asked about without having declared it, with the parameters that go without saying: shares are
 * what the load factors of the actives say. Others are declared without parameters, which may be a problem.
 */
export function undeclared(cluster: Cluster, id: PromiseId): readonly PromiseDeclaration[] {
  if (id !== "share") return [{ id }];
  const actives = cluster.members.filter((member) => roleOf(member) === "active");
  const factor = (member: Member): number => effectiveMember(member).lbfactor;
  const total = actives.reduce((sum, member) => sum + factor(member), 0);
  return actives.map((member) => Promises.share(member.name, { about: factor(member) / total }));
}
