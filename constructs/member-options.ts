import type { StatusText } from "../core/vocabulary/status.js";
import type { WorkerParameters } from "../core/vocabulary/worker.js";
import type { BalancerNode, NodeFacts } from "./balancer-node.js";

/** A member of a cluster: worker parameters in httpd's words, and where the member is. */
export interface MemberOptions extends WorkerParameters, NodeFacts {
  /**
   * `http://host:8080`; a value known only at apply (an address of a machine made in the same run) may stand in it.
   *
   * @default - the URL of the node that is added
   */
  readonly url?: string;
  /**
   * Initial status letters, for example `+H` for a hot standby, which `addStandby` is a word for.
   *
   * @default - none
   */
  readonly status?: StatusText;
}

/** A member whose role is given by the call that adds it. */
export type RoleMemberOptions = Omit<MemberOptions, "status">;

/** The options of a member taken apart: what is a worker parameter, and what is not. */
export interface SplitOptions {
  readonly url: string | undefined;
  readonly facts: NodeFacts;
  readonly parameters: WorkerParameters;
}

/** Takes options apart. */
export function splitOptions(options: MemberOptions): SplitOptions {
  const { url, capacity, zone, replicationGroup, ...parameters } = options;
  return { url, facts: present({ capacity, zone, replicationGroup }), parameters };
}

/** The options of a member that is a node: what the node says of itself is used where the options say nothing. */
export function withNode(options: MemberOptions, node: BalancerNode): MemberOptions {
  const { url, facts } = node;
  return { ...present<MemberOptions>({ url, route: node.routeAs(options.status), ...facts }), ...present(options) };
}

/** The object without keys whose value is undefined. */
export function present<T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
