import { effectiveBalancer } from "../topology/effective.js";
import type { Cluster } from "../topology/topology.js";

/** A cookie that an application sets. */
export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

/** A session of an application; any would do. */
const SESSION = "s1";

/**
 * The session cookie that the application behind a member sets with an answer, as one does that knows its route
 * (jvmRoute): the cluster's sticky cookie with the route that the configuration gives to the member. httpd's own route
 * cookie leads to the same member.
 *
 * @returns undefined where the cluster is not sticky by a cookie
 */
export function sessionCookie(cluster: Cluster, member: number): SessionCookie | undefined {
  const { sticky, separator } = effectiveBalancer(cluster);
  if (sticky === undefined) return undefined;
  const route = cluster.members[member]?.parameters.route ?? "";
  if (route === "") return { name: sticky.cookie, value: SESSION };
  return { name: sticky.cookie, value: /^off$/i.test(separator) ? route : `${SESSION}${separator}${route}` };
}
