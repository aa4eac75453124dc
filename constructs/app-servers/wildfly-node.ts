import type { Construct } from "constructs";
import { AppServerNode } from "./app-server-node.js";
import type { AppServerNodeProps } from "./app-server-node.js";

/** A WildFly from its archive, unpacked at /opt/wildfly. */
export class WildFlyNode extends AppServerNode {
  /** @throws ProblemError when a value is wrong, or the node does not fit into its group */
  constructor(scope: Construct, id: string, props: AppServerNodeProps = {}) {
    super(scope, id, "wildfly", props);
  }
}
