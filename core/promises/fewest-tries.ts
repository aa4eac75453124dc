import { effectiveBalancer } from "../topology/effective.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { PATIENCE } from "./promise.js";
import { searchLayout } from "./search/layout.js";
import type { SearchMember } from "./search/layout.js";

/**
 * The least `maxattempts` with which a balancer of like members keeps `always-served` while all but one may be down, and
 * with which all that is expected of such a balancer holds: two tries for each member that may be down. With fewer tries
 * the members that fail are tried before and after httpd recovers all of them by force, and nobody else is.
 *
 * @returns undefined for every other layout, which only a search judges
 */
export function fewestTries(topology: Topology, cluster: Cluster): number | undefined {
  const { members, lbmethod, forceRecovery, waits, nofailover } = searchLayout(topology, cluster);
  const [first] = members;
  if (first === undefined || members.length < 2 || !forceRecovery || waits || nofailover) return undefined;
  if (lbmethod !== "byrequests" || (cluster.promises ?? []).length > 0) return undefined;
  if (cluster.members.some(({ replicationGroup }) => replicationGroup !== undefined)) return undefined;
  const alike = members.every((member) => isPlain(member) && isLike(member, first));
  return alike && effectiveBalancer(cluster).timeout === 0n ? 2 * (members.length - 1) : undefined;
}

function isPlain({ place, condition, checked, ignoresErrors, retry, redirect }: SearchMember): boolean {
  const returns = retry > 0 && retry <= PATIENCE.milliseconds;
  return place === "active" && condition === 0 && !checked && !ignoresErrors && returns && redirect === "";
}

function isLike(one: SearchMember, other: SearchMember): boolean {
  return one.lbset === other.lbset && one.lbfactor === other.lbfactor && one.retry === other.retry;
}
