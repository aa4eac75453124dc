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
