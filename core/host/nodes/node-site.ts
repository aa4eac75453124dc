import type { AppNode } from "../../topology/app-node.js";
import type { HostPlan } from "../plan.js";
import type { WithheldSecret } from "../withheld.js";

/** A node, and what it has to know of the others. */
export interface NodeSite {
  readonly node: AppNode;
  /** The nodes of its replication group, itself included; empty for none. */
  readonly group: readonly AppNode[];
  /** Nodes that hold a session. */
  readonly copies: number;
  /** The route that httpd knows it by; undefined where no cluster has routes. */
  readonly route: string | undefined;
  /** The secret that its AJP connector asks for; undefined where balancers do not speak AJP to it. */
  readonly secret: WithheldSecret | undefined;
}

/** The part of a plan that each kind of application server makes in its own way. */
export type NodeService = Pick<HostPlan, "packages" | "files" | "service">;
