import { Construct } from "constructs";
import { initialStatus } from "../core/topology/roles.js";
import type { Cluster, Member } from "../core/topology/topology.js";

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

/**
 * A cluster, as far as its nodes look at it.
 *
 * @internal
 */
export interface DescribedCluster {
  describe(): Cluster;
}

/** What a node of any copy of this package in a process has. */
const BRAND = Symbol.for("cdktf-httpd-balancer.BalancerNode");

/** An application server behind a balancer. It may be a member of several clusters. */
export class BalancerNode extends Construct {
  /** Its address, a value known only at apply included. */
  readonly url: string;
  /** Name that its sessions carry. */
  readonly route: string | undefined;
  /** What is known of the node besides its address. */
  readonly facts: NodeFacts;
  /**
   * The clusters that it is a member of.
   *
   * @internal
   */
  protected readonly clusters: DescribedCluster[] = [];
  /**
   * False where a standby takes no route.
   *
   * @internal
   */
  protected readonly routedAsStandby: boolean = true;

  constructor(scope: Construct, id: string, props: BalancerNodeProps) {
    super(scope, id);
    const { url, route, ...facts } = props;
    this.url = url;
    this.route = route;
    this.facts = facts;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /**
   * The route of a member that is this node and has a `status`.
   *
   * @internal
   */
  routeAs(status: string | undefined): string | undefined {
    const standby = status !== undefined && initialStatus({ parameters: { status } }).has("H");
    return standby && !this.routedAsStandby ? undefined : this.route;
  }

  /**
   * Called by a cluster that the node became a member of.
   *
   * @internal
   */
  joined(cluster: DescribedCluster): void {
    this.clusters.push(cluster);
  }

  /** True for a node, also for one of another copy of this package. */
  static isNode(value: unknown): value is BalancerNode {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
