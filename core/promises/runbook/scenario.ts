import type { Scenario, Step } from "../../scenario/scenario.js";
import type { Cluster, Topology } from "../../topology/topology.js";
import { entranceTo } from "../scenario.js";
import type { Runbook } from "./step.js";

/** Requests after each step of a rehearsed runbook. */
const REQUESTS = 12;

/** A runbook as a scenario with requests after every step, all of which must be served; for rehearsing it. */
export function runbookScenario(topology: Topology, cluster: Cluster, { steps }: Runbook): Scenario {
  const entrance = entranceTo(topology, cluster) ?? {};
  const requests: Step = { request: { count: REQUESTS, ...entrance, expect: { status: 200 } } };
  const played = steps.flatMap(({ step }): readonly Step[] => {
    if (step.kind === "set") return [{ set: step.set }, requests];
    if (step.kind !== "backend") return [];
    return [step.action === "stop" ? { stop: [step.member] } : { start: [step.member] }, requests];
  });
  return { steps: [requests, ...played] };
}
