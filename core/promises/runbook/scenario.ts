import type { Scenario, Step } from "../../scenario/scenario.js";
import type { Cluster, Topology } from "../../topology/topology.js";
import { approachTo } from "../../model/approach.js";
import type { Runbook, RunbookStep } from "./step.js";

/** Requests after each step of a rehearsed runbook. */
const REQUESTS = 12;

/** A runbook as a scenario with requests after every step, all of which must be served; for rehearsing it. */
export function runbookScenario(topology: Topology, cluster: Cluster, { steps }: Runbook): Scenario {
  const entrance = approachTo(topology, cluster).entrance ?? {};
  const requests: Step = { request: { count: REQUESTS, ...entrance, expect: { status: 200 } } };
  const played = steps.map(({ step }) => playedStep(step)).filter((step) => step !== undefined);
  return { steps: [requests, ...played.flatMap((step) => [step, requests])] };
}

/** Undefined for what changes nothing by itself, and for what a scenario has no word for: a member that is added. */
function playedStep(step: RunbookStep): Step | undefined {
  if (step.kind === "set") return { set: step.set };
  if (step.kind === "reload") return { reload: "graceful" };
  if (step.kind !== "backend") return undefined;
  return step.action === "stop" ? { stop: [step.member] } : { start: [step.member] };
}
