import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { approachTo } from "./approach.js";
import { entryOf, wayOf } from "./entry.js";

/** An `ErrorDocument` for a balancer that has no member left, and that is asked of a balancer itself. */
export interface ProxiedErrorPage {
  /** The line. */
  readonly at: Pointer;
  /** Status that it stands for. */
  readonly status: number;
  /** Index of the balancer that is asked for the page. */
  readonly askedOf: number;
}

/** What a balancer without a member that could serve answers, `proxy_balancer_pre_request` of mod_proxy_balancer.c. */
const NOBODY_LEFT = 503;

/** Whether an `ErrorDocument` stands anywhere; where none does, no way of a request has to be found to know its page. */
export function saysErrorDocument({ servers, clusters }: Topology): boolean {
  return /errordocument/i.test(JSON.stringify([servers, clusters.map(({ extra }) => extra)]));
}

/**
 * The `ErrorDocument` of a balancer that a ProxyPass sends to a balancer: httpd asks for it by an internal redirect
 * (`ap_die_r` of http_request.c), which is mapped like every other path. Undefined where the page comes from elsewhere,
 * there is none, or a line that is not read could decide otherwise.
 */
export function proxiedErrorPage(topology: Topology, cluster: Cluster): ProxiedErrorPage | undefined {
  const { entrance } = approachTo(topology, cluster);
  const way = entrance === undefined ? undefined : wayOf(topology, entrance);
  const document = way?.errors?.document({ status: NOBODY_LEFT, overridden: false });
  const at = document?.by[0];
  if (document?.judged !== true || at === undefined) return undefined;
  const entry = entryOf(topology, document);
  return entry.kind === "cluster" ? { at, status: NOBODY_LEFT, askedOf: entry.seen.at } : undefined;
}
