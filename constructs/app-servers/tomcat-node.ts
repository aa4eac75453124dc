import type { Construct } from "constructs";
import { AppServerNode } from "./app-server-node.js";
import type { AppServerNodeProps } from "./app-server-node.js";

/** A Tomcat 10 of Debian's packages. */
export class TomcatNode extends AppServerNode {
  /** @throws ProblemError when a value is wrong, or the node does not fit into its group */
  constructor(scope: Construct, id: string, props: AppServerNodeProps = {}) {
    super(scope, id, "tomcat", props);
  }
}
