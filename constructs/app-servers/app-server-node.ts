import type { Construct } from "constructs";
import { checkAppNodes } from "../../core/check/app-nodes.js";
import { nodePlan } from "../../core/host/nodes/node-plan.js";
import type { HostPlan } from "../../core/host/plan.js";
import { nodeUrl } from "../../core/topology/app-node.js";
import type { AppNode } from "../../core/topology/app-node.js";
import { buildTopology } from "../../core/topology/build.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { BalancerNode } from "../balancer-node.js";
import type { NodeFacts } from "../balancer-node.js";
import { present } from "../member-options.js";
import type { ReplicationGroup } from "./replication-group.js";

/** Properties of an application server. */
export interface AppServerNodeProps
  extends Omit<AppNode, "name" | "server" | "replicationGroup">, Omit<NodeFacts, "replicationGroup"> {
  /**
   * Group that its sessions are copied in.
   *
   * @default - they are on this node only
   */
  readonly group?: ReplicationGroup;
}

/**
 * An application server that is described with its balancer: its id is its route, and its place in the replication group.
 * As a standby it takes no route: sessions that came to it would stay there after the actives are back.
 */
export abstract class AppServerNode extends BalancerNode {
  readonly #described: AppNode;
  readonly #group: ReplicationGroup | undefined;
  /** @internal */
  protected override readonly routedAsStandby = false;

  /** @throws ProblemError when a value is wrong, or the node does not fit into its group */
  constructor(scope: Construct, id: string, server: AppNode["server"], props: AppServerNodeProps) {
    const { group, capacity, zone, ...own } = props;
    const replicationGroup = group?.node.id;
    const described: AppNode = { name: id, server, ...present<typeof own>(own), ...present({ replicationGroup }) };
    super(scope, id, { url: nodeUrl(described), route: id, ...present({ capacity, zone, replicationGroup }) });
    this.#described = described;
    this.#group = group;
    const groups = group === undefined ? [] : [group.describe()];
    const problems = checkAppNodes(buildTopology({ nodes: [described], replicationGroups: groups }));
    if (problems.length > 0) throw new ProblemError(problems, this.node.path);
    group?.join(described);
  }

  /** The node as the description has it. */
  describe(): AppNode {
    return this.#described;
  }

  /** Everything that its machine must have; complete once it is a member of its clusters, and its group has its nodes. */
  plan(): HostPlan {
    const group = this.#group;
    const topology = buildTopology({
      clusters: this.clusters.map((cluster) => cluster.describe()),
      nodes: group?.nodes ?? [this.#described],
      replicationGroups: group === undefined ? [] : [group.describe()],
    });
    return nodePlan(topology, this.#described);
  }
}
