import type { Construct } from "constructs";
import { AppServerNode } from "./app-server-node.js";
import type { AppServerNodeProps } from "./app-server-node.js";

/** An application server that is set up elsewhere: its address, route and group are known, and no file is made. */
export class GenericNode extends AppServerNode {
  /** @throws ProblemError when a value is wrong, or the node does not fit into its group */
  constructor(scope: Construct, id: string, props: AppServerNodeProps = {}) {
    super(scope, id, "generic", props);
  }
}
