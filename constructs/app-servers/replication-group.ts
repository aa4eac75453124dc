import { Construct } from "constructs";
import { checkAppNodes } from "../../core/check/app-nodes.js";
import { buildTopology } from "../../core/topology/build.js";
import type { AppNode, ReplicationGroup as Group } from "../../core/topology/app-node.js";
import { ProblemError } from "../../core/vocabulary/problem.js";

/** Properties of a {@link ReplicationGroup}. */
export interface ReplicationGroupProps {
  /**
   * Nodes that hold a session, the one that made it included.
   *
   * @default - all of the group
   */
  readonly copies?: number;
}

/** Application servers that hold copies of each other's sessions; nodes join it when they are made. */
export class ReplicationGroup extends Construct {
  readonly #copies: number | undefined;
  readonly #nodes: AppNode[] = [];

  constructor(scope: Construct, id: string, props: ReplicationGroupProps = {}) {
    super(scope, id);
    this.#copies = props.copies;
  }

  /** The nodes of the group, in the order they were made. */
  get nodes(): readonly AppNode[] {
    return [...this.#nodes];
  }

  /** The group as the description has it. */
  describe(): Group {
    return { name: this.node.id, ...(this.#copies === undefined ? {} : { copies: this.#copies }) };
  }

  /**
   * Called by a node that joins.
   *
   * @internal
   * @throws ProblemError for a node that shares a port with another, or runs another server
   */
  join(node: AppNode): void {
    const topology = buildTopology({ nodes: [...this.#nodes, node], replicationGroups: [this.describe()] });
    const problems = checkAppNodes(topology);
    if (problems.length > 0) throw new ProblemError(problems, this.node.path);
    this.#nodes.push(node);
  }
}
