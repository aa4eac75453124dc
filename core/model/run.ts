import type { Scenario, Step } from "../scenario/scenario.js";
import type { RequestStep } from "../scenario/steps.js";
import type { Topology } from "../topology/topology.js";
import { watch } from "./expectation.js";
import type { Watch } from "./expectation.js";
import { Chronicle } from "./chronicle.js";
import type { ModelRequest } from "./request.js";
import { routeOf } from "./sticky.js";
import type { Answer, Failure, Pick, StepCount, Trace } from "./trace.js";
import { World } from "./world.js";
import type { BalancerPlace, Destination } from "./world.js";

/** What a run keeps. */
export interface RunOptions {
  /** Keep one pick a request. Without, memory does not grow with the number of requests. @default true */
  readonly trace?: boolean;
  /** Say for each request what happened and why. @default false */
  readonly explain?: boolean;
}

/** Bytes httpd sends to a backend for a small request, where a scenario does not say. */
const REQUEST_BYTES = 200;

/**
 * Runs a scenario in the model of one httpd, the topology's first server. The scenario must have passed
 * `checkScenario`; words that mean nothing there do nothing here.
 */
export function runScenario(topology: Topology, scenario: Scenario, options: RunOptions = {}): Trace {
  const world = new World(topology);
  const picks: Pick[] = [];
  const steps: StepCount[] = [];
  const failures: Failure[] = [];
  let served = 0;
  for (const [index, step] of scenario.steps.entries()) {
    if (!("request" in step)) {
      applyStep(world, step);
      continue;
    }
    const run = new RequestRun(topology, world, step.request, options);
    const first = run.play((pick) => {
      if (options.trace !== false) picks.push(pick);
    });
    const number = index + 1;
    steps.push({ step: number, ...run.count() });
    if (first !== undefined) {
      failures.push({
        step: number,
        ...(first.place > 0 && { request: served + first.place }),
        message: first.message,
      });
    }
    served += step.request.count ?? 1;
  }
  return { picks, steps, failures };
}

function applyStep(world: World, step: Exclude<Step, { readonly request: unknown }>): void {
  if ("wait" in step) world.pass(step.wait.milliseconds * 1_000);
  else if ("stop" in step) world.stop(step.stop);
  else if ("start" in step) world.start(step.start);
  else if ("respond" in step) world.respond(step.respond);
  else if ("set" in step) world.set(step.set);
  else world.reload();
}

interface FirstFailure {
  /** Request of the step, from 1; 0 when there was none. */
  readonly place: number;
  readonly message: string;
}

/** The requests of one step. */
class RequestRun {
  readonly #world: World;
  readonly #step: RequestStep;
  readonly #explain: boolean;
  readonly #destination: Destination;
  readonly #watch: Watch | undefined;
  readonly #answers = new Map<string, number>();
  #uncertain = 0;

  constructor(topology: Topology, world: World, step: RequestStep, { explain = false }: RunOptions) {
    this.#world = world;
    this.#step = step;
    this.#explain = explain;
    this.#destination = world.destination(step);
    this.#watch = step.expect === undefined ? undefined : watch(topology, step.expect);
  }

  /** Plays all requests; returns the first that breaks the expectation. */
  play(keep: (pick: Pick) => void): FirstFailure | undefined {
    const { count = 1, every } = this.#step;
    let failure: FirstFailure | undefined;
    const one = this.#player();
    for (let place = 1; place <= count; place++) {
      if (every !== undefined && place > 1) this.#world.pass(every.milliseconds * 1_000);
      const pick = one();
      this.#tally(pick);
      keep(pick);
      const wrong = this.#watch?.next(pick.either ?? [pick]);
      if (wrong !== undefined) failure ??= { place, message: withReason(wrong, pick) };
    }
    const missing = this.#watch?.end();
    if (missing !== undefined) failure ??= { place: count, message: missing };
    return failure;
  }

  /** What all requests came to. */
  count(): Omit<StepCount, "step"> {
    return {
      requests: this.#step.count ?? 1,
      answers: Object.fromEntries(this.#answers),
      uncertain: this.#uncertain,
    };
  }

  #tally(pick: Pick): void {
    const key = `${pick.member ?? "httpd"} ${pick.status}`;
    this.#answers.set(key, (this.#answers.get(key) ?? 0) + 1);
    if (pick.either !== undefined) this.#uncertain++;
  }

  #player(): () => Pick {
    const destination = this.#destination;
    if (destination.kind === "httpd") {
      const { status, why } = destination;
      return () => ({ member: null, status, attempts: 0, ...(this.#explain && { why: [why] }) });
    }
    if (destination.kind === "backend") {
      const { answered, status } = this.#world.backendStatus(destination.url);
      return () => ({ member: answered ? destination.url : null, status, attempts: 1 });
    }
    const { place, url } = destination;
    const request = modelRequest(place, url, this.#step);
    return () => balancerPick(place, request, this.#explain);
  }
}

function modelRequest(
  { states }: BalancerPlace,
  url: string,
  { cookies, bytes = REQUEST_BYTES }: RequestStep,
): ModelRequest {
  const { balancer, settings } = states.likeliest;
  const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  const cookie = pairs.length > 0 ? { cookie: pairs.join("; ") } : {};
  return { route: routeOf(balancer, settings.sticky, { url, ...cookie }), bytes };
}

function balancerPick({ cluster, states, backends }: BalancerPlace, request: ModelRequest, explain: boolean): Pick {
  const chronicle = explain ? new Chronicle(states.likeliest.balancer) : undefined;
  const outcomes = states.serve(request, backends, chronicle);
  const answers = outcomes.map(({ member, status }): Answer => ({
    member: states.likeliest.balancer.members[member]?.url ?? null,
    status,
  }));
  const [likeliest] = outcomes;
  const [answer] = answers;
  if (likeliest === undefined || answer === undefined) throw new Error("a request has no outcome");
  const name = cluster.members[likeliest.member]?.name;
  return {
    ...answer,
    ...(name !== undefined && { name }),
    attempts: likeliest.attempts,
    ...(answers.length > 1 && { either: answers }),
    ...(chronicle && { why: chronicle.sentences() }),
  };
}

function withReason(message: string, { why }: Pick): string {
  return why === undefined ? message : `${message}: ${why.join("; ")}`;
}
