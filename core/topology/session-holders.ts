import { copiesOf } from "./surviving-copies.js";
import type { Cluster, Topology } from "./topology.js";

/** How many of its holders hold a member's session at a time, itself included: the copies of its replication group. */
export function copiesHeld({ replicationGroups = [] }: Topology, cluster: Cluster, member: number): number {
  const wanted = cluster.members[member]?.replicationGroup;
  const group = replicationGroups.find(({ name }) => name === wanted);
  return copiesOf(group, holdersOf(cluster, member).length);
}

/**
 * Members that may go on with a member's sessions, itself included: those of its replication group, who hold copies or
 * fetch them from each other, else it alone.
 */
export function holdersOf(cluster: Cluster, member: number): readonly number[] {
  const group = cluster.members[member]?.replicationGroup;
  if (group === undefined) return [member];
  return cluster.members.flatMap(({ replicationGroup }, other) => (replicationGroup === group ? [other] : []));
}
