import { behaves } from "../vocabulary/behaviours.js";
import { childResetsOf } from "./child-resets.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";

/** What some versions of httpd do that the model leaves open. */
export interface VersionDoubts {
  /** The line that ends child processes after some connections; which came before the first request nobody knows. */
  readonly children?: Pointer;
  /** A graceful restart may leave requests without an answer. */
  readonly reload?: Pointer;
  /** Redirects that lead back to where they start: httpd ends the connection of a client. */
  readonly rings: ReadonlyMap<Cluster, Pointer>;
}

/**
 * What cannot be said of an httpd of this version. Undefined where nothing of it matters, which is so for all versions
 * from 2.4.62 on.
 */
export function versionDoubtsOf(topology: Topology): VersionDoubts | undefined {
  const { httpd } = topology;
  const children = childResetsOf(topology)?.at;
  const reload = behaves(httpd, "graceful-with-one-child-hangs") ? "/httpd" : undefined;
  const rings = behaves(httpd, "redirect-rings-end") ? NO_RINGS : ringsOf(topology);
  if (children === undefined && reload === undefined && rings.size === 0) return undefined;
  return { rings, ...(children !== undefined && { children }), ...(reload !== undefined && { reload }) };
}

const NO_RINGS: VersionDoubts["rings"] = new Map();

/** Clusters in which a member's redirect leads, by way of other members, back to its own route. */
function ringsOf({ clusters }: Topology): VersionDoubts["rings"] {
  const rings = clusters.flatMap((cluster, index): (readonly [Cluster, Pointer])[] => {
    const next = new Map(cluster.members.map(({ parameters }) => [parameters.route, parameters.redirect]));
    const member = cluster.members.findIndex(({ parameters: { route, redirect } }) => leadsTo(route, redirect, next));
    if (member === -1) return [];
    return [[cluster, `/clusters${pointerStep(index)}/members${pointerStep(member)}/parameters/redirect`]];
  });
  return new Map(rings);
}

function leadsTo(
  route: string | undefined,
  redirect: string | undefined,
  next: ReadonlyMap<string | undefined, string | undefined>,
): boolean {
  let at = redirect;
  for (let step = 0; at !== undefined && step <= next.size; step++) {
    if (at === route) return true;
    at = next.get(at);
  }
  return false;
}
