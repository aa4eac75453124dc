import type { Cluster, Topology } from "../../topology/topology.js";
import { clusterAfter, settled } from "./live-cluster.js";
import { operationOnMembers } from "./member-operations.js";
import { notesOf } from "./notes.js";
import type { Operation } from "./operation.js";
import { searchLayout } from "../search/layout.js";
import { refusedSessions } from "../search/refused-sessions.js";
import { planOf } from "./plans.js";
import { RunbookProof } from "./proof.js";
import type { Runbook } from "./step.js";
import { undoOf } from "./undo.js";

/**
 * The ordered steps of an operation on one cluster, each proved to keep every request served, and the way back.
 *
 * @throws ProblemError for members that are not there, values httpd would not take, and operations that would leave
 * nobody to serve
 */
export function runbook(topology: Topology, cluster: Cluster, operation: Operation): Runbook {
  const plan = planOf(topology, cluster, operation);
  const steps = settled(plan.from, plan.steps);
  const end = steps.reduce(clusterAfter, plan.from);
  const undo = plan.undo === undefined ? undoOf(topology, plan.from, steps) : settled(end, plan.undo);
  return {
    operation: operation.kind,
    cluster: cluster.name,
    steps: new RunbookProof(topology, cluster).follow(plan.from, steps, undo),
    undo,
    notes: [...notesOf(topology, cluster, operation), ...refusedNotes(topology, plan.from)],
    fromDescribed: operation.kind !== "reload" && operationOnMembers(operation.kind)?.fromAnywhere !== true,
  };
}

/** Sessions that are refused whatever the steps do. */
function refusedNotes(topology: Topology, from: Cluster): readonly string[] {
  const routes = refusedSessions(searchLayout(topology, from)).filter((route) => route !== undefined);
  if (routes.length === 0) return [];
  return [`httpd refuses sessions of ${routes.join(", ")} before the first step already, and goes on to (nofailover).`];
}
