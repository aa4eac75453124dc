import type { Scenario, Step } from "../scenario/scenario.js";
import type { Topology } from "../topology/topology.js";
import { RequestRun } from "./request-run.js";
import type { Failure, Pick, StepCount, Trace } from "./trace.js";
import { World } from "./world.js";

/** What a run keeps. */
export interface RunOptions {
  /** Most picks to keep; memory does not grow with the requests beyond it. @default - all */
  readonly picks?: number;
  /** Say for each request what happened and why. @default false */
  readonly explain?: boolean;
  /** The httpd to run on; what it is left in can be looked at afterwards. @default - one that has just started */
  readonly world?: World;
  /** Asked now and then; true ends the run, which then says how far it came. @default - never */
  readonly isOver?: () => boolean;
}

/**
 * Runs a scenario in the model of one httpd, the topology's first server. The scenario must have passed
 * `checkScenario`; words that mean nothing there do nothing here.
 *
 * Requests beyond the picks that are kept cost one round of the balancer's turns, however many they are.
 */
export function runScenario(topology: Topology, scenario: Scenario, options: RunOptions = {}): Trace {
  const { picks: most = Infinity, explain = false, world = new World(topology), isOver } = options;
  const picks: Pick[] = [];
  const steps: StepCount[] = [];
  const failures: Failure[] = [];
  let served = 0;
  for (const [index, step] of scenario.steps.entries()) {
    if (!("request" in step)) {
      applyStep(world, step);
      continue;
    }
    const number = index + 1;
    const run = new RequestRun(topology, world, step.request, {
      explain,
      room: most - picks.length,
      ...(isOver && { isOver }),
    });
    const { failure, ...count } = run.play(picks);
    steps.push({ step: number, ...count });
    if (failure !== undefined) {
      const { place, message } = failure;
      failures.push({ step: number, ...(place > 0 && { request: served + place }), message });
    }
    served += count.requests;
    const { count: wanted = 1 } = step.request;
    if (count.requests < wanted)
      return { picks, steps, failures, stopped: { step: number, left: wanted - count.requests } };
  }
  return { picks, steps, failures };
}

function applyStep(world: World, step: Exclude<Step, { readonly request: unknown }>): void {
  if ("wait" in step) world.pass(step.wait.milliseconds * 1_000);
  else if ("stop" in step) world.stop(step.stop);
  else if ("start" in step) world.start(step.start);
  else if ("respond" in step) world.respond(step.respond);
  else if ("set" in step) world.set(step.set);
  else world.reload(step.reload);
}
