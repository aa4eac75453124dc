import { roleOf } from "../topology/roles.js";
import type { Cluster } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";

/**
 * What is wrong with the roles of a cluster that somebody describes by constructs: httpd runs with any of them, and an
 * httpd.conf or a spec may well hold one while members are out of service, so that there it is a finding of lint.
 */
export function checkRoles({ name, members, parameters }: Cluster, at: Pointer): readonly Problem[] {
  const place = { at: `${at}/members`, subject: `members of cluster ${shown(name)}` } as const;
  const allowed = "at least one active member";
  if (members.length === 0) {
    const fix = "add a member, or set growth to add them at run time";
    return parameters.growth === undefined ? [{ ...place, found: "none", allowed, fix }] : [];
  }
  const roles = new Set(members.map(roleOf));
  const rests = (["drained", "disabled", "stopped"] as const).some((role) => roles.has(role));
  if (roles.has("active") || (rests && (roles.has("spare") || roles.has("standby")))) return [];
  const found = `only ${[...roles].join(", ")} members`;
  return [{ ...place, found, allowed, fix: "make one of them active: spares and standbys stand in for actives" }];
}
