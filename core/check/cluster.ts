import { roleOf } from "../topology/roles.js";
import type { Cluster } from "../topology/topology.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkLines } from "./lines.js";
import { Membership, checkMember } from "./member.js";
import { checkParameters } from "./parameters.js";
import type { CheckPlace } from "./place.js";
import { checkRouteCookie } from "./route-cookie.js";
import { checkPattern } from "./text.js";

const BALANCER_NAME = {
  pattern: /^[a-z0-9]([a-z0-9._-]{0,82}[a-z0-9])?$/,
  allowed: "1 to 84 lower-case letters, digits, '.', '_' and '-', with a letter or digit at both ends",
  fix: "rename it: httpd lower-cases the name and cuts it at a slash",
};

/** What is wrong with one cluster and its members, without a look at servers and templates. */
export function checkCluster(cluster: Cluster, place: CheckPlace): readonly Problem[] {
  const membership = new Membership(cluster.name);
  return [
    ...checkClusterValues(cluster, place),
    ...cluster.members.flatMap((member, index) => {
      const at: Pointer = `${place.at}/members/${index}`;
      const problems = [...checkMember(member, { ...place, at }), ...membership.check(member, at)];
      membership.add(member);
      return problems;
    }),
    ...checkRoles(cluster, place.at),
  ];
}

/** What is wrong with a cluster apart from its members, which may come later. */
export function checkClusterValues(cluster: Cluster, { at, httpd }: CheckPlace): readonly Problem[] {
  const owner = `cluster ${shown(cluster.name)}`;
  return [
    ...checkPattern(cluster.name, { at: `${at}/name`, subject: "name of a cluster" }, BALANCER_NAME),
    ...checkParameters(BALANCER_PARAMETERS, cluster.parameters, { at: `${at}/parameters`, owner, httpd }),
    ...(cluster.routeCookie === undefined ? [] : checkRouteCookie(cluster, cluster.routeCookie, at)),
    ...checkLines(cluster.extra ?? [], { at: `${at}/extra`, subject: `extra of ${owner}` }),
  ];
}

/** Clusters in which no request can ever be served as described. */
function checkRoles({ name, members, parameters }: Cluster, at: Pointer): readonly Problem[] {
  const place = { at: `${at}/members`, subject: `members of cluster ${shown(name)}` } as const;
  const allowed = "at least one active member";
  if (members.length === 0) {
    const fix = "add a member, or set growth to add them at run time";
    return parameters.growth === undefined ? [{ ...place, found: "none", allowed, fix }] : [];
  }
  const roles = new Set(members.map(roleOf));
  if (roles.has("active") || (roles.has("drained") && roles.has("spare"))) return [];
  const found = `only ${[...roles].join(", ")} members`;
  return [{ ...place, found, allowed, fix: "make one of them active: spares and standbys stand in for actives" }];
}
