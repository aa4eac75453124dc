import { effectiveMember } from "../topology/effective.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { millis } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";

/** How much later than its interval a health check may come, in milliseconds: a tick of httpd's watchdog. */
const CHECK_LATENESS = 110;

/**
 * The longest time a member that accepts connections again stays out of use.
 *
 * Without health checks it is `retry`: the last failed try was before the return. With health checks it is as long as
 * the checks need to pass, because a member they have taken out is not tried by requests (mod_proxy_hcheck.c, measured
 * on httpd 2.4.71).
 */
export function returnTime(topology: Topology, member: Member): Duration {
  const { retry, healthCheck } = effectiveMember(member, topology.healthCheckTemplates);
  if (healthCheck === undefined) return millis(Number(retry / 1_000n));
  const interval = Number(healthCheck.interval / 1_000n) + CHECK_LATENESS;
  return millis(Math.ceil(interval * Math.max(1, healthCheck.passes)));
}

/** Members, by index, that are out of use for no longer than a time. */
export function backWithin(topology: Topology, cluster: Cluster, within: Duration): readonly number[] {
  return cluster.members.flatMap((member, m) =>
    returnTime(topology, member).milliseconds <= within.milliseconds ? [m] : [],
  );
}
