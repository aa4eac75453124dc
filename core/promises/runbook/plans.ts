import type { Cluster, Topology } from "../../topology/topology.js";
import { memberMeant } from "./member-meant.js";
import { MEMBER_OPERATIONS } from "./member-operations.js";
import type { Operation } from "./operation.js";
import type { Plan } from "./plan.js";
import type { WantedStep } from "./step.js";
import { addition, settingsChange, weightShift } from "./other-plans.js";

/**
 * The steps of an operation, not proved yet.
 *
 * @throws ProblemError for members that are not there and values that httpd would not take
 */
export function planOf(topology: Topology, cluster: Cluster, operation: Operation): Plan {
  switch (operation.kind) {
    case "shift-weights":
      return { from: cluster, steps: weightShift(topology, cluster, operation) };
    case "add":
      return addition(topology, cluster, operation);
    case "set-balancer":
      return { from: cluster, steps: settingsChange(cluster, operation.set) };
    case "reload":
      return { from: cluster, steps: [RELOAD], undo: [] };
    default: {
      const members = operation.members.map((word) => memberMeant(topology, cluster, word));
      return MEMBER_OPERATIONS[operation.kind].plan(topology, cluster, members);
    }
  }
}

/** httpd starts from its configuration: the description. */
const RELOAD: WantedStep = {
  kind: "reload",
  text: "reload httpd; live changes it forgets are made again and read back",
};
