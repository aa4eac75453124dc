import { Construct } from "constructs";
import type { Member } from "../core/topology/topology.js";

/** What is known of a node besides the parameters of its BalancerMember line. */
export type NodeFacts = Pick<Member, "capacity" | "zone" | "replicationGroup">;

/** Properties of a {@link BalancerNode}. */
export interface BalancerNodeProps extends NodeFacts {
  /** `http://host:8080`; a value known only at apply may stand in it. */
  readonly url: string;
  /**
   * Name that the node's sessions carry: its jvmRoute or instance-id.
   *
   * @default - none: sessions cannot stick to this node
   */
  readonly route?: string;
}

/** An application server behind a balancer. It may be a member of several clusters. */
export class BalancerNode extends Construct {
  readonly url: string;
  readonly route: string | undefined;
  /** What is known of the node besides its address. */
  readonly facts: NodeFacts;

  constructor(scope: Construct, id: string, props: BalancerNodeProps) {
    super(scope, id);
    const { url, route, ...facts } = props;
    this.url = url;
    this.route = route;
    this.facts = facts;
  }

  /** A node of which only the address is known. */
  static fromUrl(scope: Construct, id: string, url: string): BalancerNode {
    return new BalancerNode(scope, id, { url });
  }
}
