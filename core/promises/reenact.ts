import { approachTo } from "../model/approach.js";
import { BITS, remainingRetry } from "../model/engine.js";
import type { BalancerState } from "../model/engine.js";
import { runScenario } from "../model/run.js";
import type { Answer } from "../model/trace.js";
import { World } from "../model/world.js";
import type { Scenario, Step } from "../scenario/scenario.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { PromiseWatch } from "./promise-watch.js";
import type { Seen, Sighting } from "./promise-watch.js";
import type { ClusterPromise } from "./promise.js";
import { toScenario } from "./scenario.js";
import type { SearchEvent } from "./search/machine.js";

/** What `simulate` makes of a scenario that is said to break a promise. */
export interface Reenactment {
  /** Steps up to the first that breaks it, else up to the last that may, from 1. */
  readonly steps: number;
  readonly sighting: Exclude<Sighting, "kept">;
}

/**
 * Plays a scenario in the model, as `simulate` does, and watches the promise from outside: where it is first broken,
 * undefined where it is kept. What a search found is shown only when this confirms it.
 *
 * @param real - what a real httpd answered to the requests, in order; judged in the place of the model's answers
 */
export function reenact(
  topology: Topology,
  cluster: Cluster,
  promise: ClusterPromise,
  { steps }: Scenario,
  real?: readonly Answer[],
): Reenactment | undefined {
  const played = stageOf(topology, cluster);
  const world = new World(played);
  const watch = new PromiseWatch(played, cluster, promise);
  let asked = 0;
  let perhaps: Reenactment | undefined;
  for (const [index, step] of steps.entries()) {
    const { picks } = runScenario(played, { steps: [step] }, { world });
    const answers = picks.map((pick, place) => {
      const answer = real?.[asked + place];
      return answer === undefined ? (pick.either ?? [pick]) : [answer];
    });
    asked += picks.length;
    const sighting = watch.see(step, { answers, ...outOfUse(statesOf(world, step)) });
    if (sighting === "broken") return { steps: index + 1, sighting };
    if (sighting === "perhaps") perhaps = { steps: index + 1, sighting };
  }
  return perhaps;
}

/** Events as a scenario with a step for each, so that the one that breaks a promise is known. */
export function stepByStep(topology: Topology, cluster: Cluster, events: readonly SearchEvent[]): Scenario {
  return { steps: events.flatMap((event) => toScenario(topology, cluster, [event]).steps) };
}

/** A cluster that no request reaches is played alone. */
function stageOf(topology: Topology, cluster: Cluster): Topology {
  return approachTo(topology, cluster).entrance === undefined
    ? { ...topology, clusters: [cluster], servers: [] }
    : topology;
}

function statesOf(world: World, step: Step): readonly BalancerState[] {
  const destination = "request" in step ? world.destination(step.request) : undefined;
  return destination?.kind === "balancer" ? destination.place.states.all : [];
}

/** Members that are out of use in every state that httpd may be in, and in some. */
function outOfUse(states: readonly BalancerState[]): Required<Pick<Seen, "outOfUse" | "perhapsOut">> {
  const [first] = states;
  const isOut = (state: BalancerState, member: number): boolean =>
    ((state.status[member] ?? 0) & BITS.healthCheckFailed) !== 0 || remainingRetry(state, member) > 0;
  const members = first === undefined ? [] : first.balancer.members.map((_, member) => member);
  return {
    outOfUse: new Set(members.filter((member) => states.every((state) => isOut(state, member)))),
    perhapsOut: new Set(members.filter((member) => states.some((state) => isOut(state, member)))),
  };
}
