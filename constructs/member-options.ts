import type { WorkerParameters } from "../core/vocabulary/worker.js";
import type { BalancerNode, NodeFacts } from "./balancer-node.js";

/** A member of a cluster: worker parameters in httpd's words, and where the member is. */
export interface MemberOptions extends WorkerParameters, NodeFacts {
  /**
   * `http://host:8080`; a value known only at apply (an address of a machine made in the same run) may stand in it.
   *
   * @default - the URL of `node`
   */
  readonly url?: string;
  /**
   * The node behind the member, when it is a construct of its own.
   *
   * @default - none
   */
  readonly node?: BalancerNode;
}

/** A member whose role is given by the call that adds it. */
export type RoleMemberOptions = Omit<MemberOptions, "status">;

/** The options of a member taken apart: what is a worker parameter, and what is not. */
export interface SplitOptions {
  readonly url: string | undefined;
  readonly facts: NodeFacts;
  readonly parameters: WorkerParameters;
}

/** Takes options apart; what a node says of itself is used where the options say nothing. */
export function splitOptions(options: MemberOptions): SplitOptions {
  const { url, node, capacity, zone, replicationGroup, ...parameters } = options;
  const route = parameters.route ?? node?.route;
  return {
    url: url ?? node?.url,
    facts: present({
      capacity: capacity ?? node?.facts.capacity,
      zone: zone ?? node?.facts.zone,
      replicationGroup: replicationGroup ?? node?.facts.replicationGroup,
    }),
    parameters: route === undefined ? parameters : { ...parameters, route },
  };
}

/** The object without keys whose value is undefined. */
export function present<T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
