import type { Cluster } from "../../topology/topology.js";
import type { Plan } from "./plans.js";

/** httpd starts from its configuration: the description. */
export function reloadPlan(cluster: Cluster): Plan {
  const text = "reload httpd; live changes it forgets are made again and read back";
  return { from: cluster, steps: [{ kind: "reload", text }], undo: [] };
}
