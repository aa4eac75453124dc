import { BITS, remainingRetry } from "../../../core/model/engine.js";
import type { BalancerState } from "../../../core/model/engine.js";
import type { PossibleStates } from "../../../core/model/possible.js";
import { runScenario } from "../../../core/model/run.js";
import { World } from "../../../core/model/world.js";
import { PromiseWatch } from "../../../core/promises/promise-watch.js";
import type { Sighting } from "../../../core/promises/promise-watch.js";
import type { Scenario, Step } from "../../../core/scenario/scenario.js";
import type { Cluster } from "../../../core/topology/topology.js";
import { millis } from "../../../core/vocabulary/duration.js";
import type { Random } from "../../differential/random.js";
import type { Question } from "./random-layout.js";

/** A walk that met a broken promise. */
export interface Refutation {
  readonly scenario: Scenario;
  readonly events: number;
  readonly sighting: Sighting;
}

/**
 * Walks at random through `simulate`, one event a step, and watches the promise from outside; undefined when it is kept.
 * Nothing here is shared with the searches.
 */
export function walk(
  random: Random,
  { topology, cluster, promise, limits }: Question,
  events: number,
): Refutation | undefined {
  // The client of a promise sends a request when httpd is done with the one before; see docs/promises.md.
  const world = new World(topology, { isPatient: true });
  const watch = new PromiseWatch(topology, cluster, promise, 0.01);
  const steps: Step[] = [];
  const down = cluster.members.map(() => false);
  const flagged = new Set<string>();
  const within = "within" in promise && typeof promise.within === "object" ? promise.within.milliseconds : 1_000;
  const routes = [...new Set(cluster.members.map(({ parameters }) => parameters.route ?? ""))].filter((r) => r !== "");
  const sticky = cluster.parameters.stickysession !== undefined && routes.length > 0;
  // A share is one of many requests; of one request, somebody has all.
  const together = promise.id === "share" || promise.id === "capacity";
  const states = statesOfFirst(world);
  const settling: Step = { wait: millis(settlingTime(cluster)) };
  for (let event = 1; event <= events; event++) {
    const step = next();
    // Shares are of the long run: of members that are back none is in error any more.
    if (together && "request" in step) take(settling);
    steps.push(step);
    const { picks } = runScenario(topology, { steps: [step] }, { world });
    const answers = picks.map((pick) => pick.either ?? [pick]);
    const sighting = watch.see(step, { answers, outOfUse: outOfUse(states.likeliest) });
    // How much more than its share a member may serve after a failure the watch cannot say.
    if (sighting === "broken" || (sighting === "perhaps" && promise.id !== "share"))
      return { scenario: { steps }, events: event, sighting };
  }
  return undefined;

  function take(step: Step): void {
    steps.push(step);
    runScenario(topology, { steps: [step] }, { world });
    watch.see(step, { answers: [] });
  }

  function next(): Step {
    const downs = down.filter((is) => is).length;
    const dice = random.below(100);
    if (dice < 50) {
      const route = sticky && !together && random.chance(0.4) ? random.pick(routes) : undefined;
      return {
        request: { count: together ? 1_000 : 1, ...(route !== undefined && { cookies: { SID: `x.${route}` } }) },
      };
    }
    if (dice < 75) {
      const member = random.below(down.length);
      const name = cluster.members[member]?.name ?? "";
      if (down[member] === true) {
        down[member] = false;
        return { start: [name] };
      }
      if (downs < limits.failures) {
        down[member] = true;
        return { stop: [name] };
      }
    }
    if (dice > 93 && limits.actions !== undefined) {
      const action = random.pick(limits.actions);
      if (action === "restart") return { reload: "restart" };
      const { name } = random.pick(cluster.members);
      const letter = action === "drain" ? "N" : "D";
      const key = `${name}${letter}`;
      const on = !flagged.delete(key);
      if (on) flagged.add(key);
      return { set: { balancer: cluster.name, member: name, status: `${on ? "+" : "-"}${letter}` } };
    }
    const state = states.likeliest;
    const left = cluster.members.map((_, m) => Math.ceil(remainingRetry(state, m) / 1_000)).filter((time) => time > 0);
    const times = [within, within + 1, within - 1, ...left, ...left.map((time) => time - 1), 100, 500];
    return { wait: millis(Math.max(1, random.pick(times))) };
  }
}

/** Milliseconds after which no error is left of a member that is back, nor a failed health check. */
function settlingTime({ members }: Cluster): number {
  const times = members.map(({ parameters: { retry, hcinterval, hcpasses = 1, hcfails = 1 } }) =>
    Math.max(retry?.milliseconds ?? 60_000, 2 * Math.max(hcpasses, hcfails) * (hcinterval?.milliseconds ?? 0)),
  );
  return Math.max(...times) + 1_000;
}

/** The states of the only balancer, which live as long as the world does. */
function statesOfFirst(world: World): PossibleStates {
  const destination = world.destination({});
  if (destination.kind !== "balancer") throw new Error("no balancer");
  return destination.place.states;
}

/** Members that the likeliest state holds out of use. */
function outOfUse(state: BalancerState): ReadonlySet<number> {
  return new Set(
    state.balancer.members.flatMap((_, m) =>
      ((state.status[m] ?? 0) & BITS.healthCheckFailed) !== 0 || remainingRetry(state, m) > 0 ? [m] : [],
    ),
  );
}

/** What a scenario comes to in `simulate`: what its last event was, as the watch sees it. */
export function lastSighting({ topology, cluster, promise }: Question, scenario: Scenario): Sighting {
  const world = new World(topology);
  const watch = new PromiseWatch(topology, cluster, promise);
  const states = statesOfFirst(world);
  let sighting: Sighting = "kept";
  for (const step of scenario.steps) {
    const { picks } = runScenario(topology, { steps: [step] }, { world });
    sighting = watch.see(step, {
      answers: picks.map((pick) => pick.either ?? [pick]),
      outOfUse: outOfUse(states.likeliest),
      perhapsOut: new Set(states.all.flatMap((state) => [...outOfUse(state)])),
    });
  }
  return sighting;
}
