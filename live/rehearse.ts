import { Watch } from "../core/model/expectation.js";
import { runScenario } from "../core/model/run.js";
import type { Answer, AnswerShare, Failure, Pick as ModelPick } from "../core/model/trace.js";
import { World } from "../core/model/world.js";
import type { Scenario } from "../core/scenario/scenario.js";
import type { Topology } from "../core/topology/topology.js";
import type { ExpandOptions } from "../core/conf/run/expand.js";
import type { Rewiring } from "../core/conf/rewire/rewire.js";
import { play } from "./play.js";
import type { PlayOptions, RealPick, RealTrace } from "./play.js";
import type { HttpdProgram } from "./program.js";
import { spedUp } from "./speedup.js";
import { openStage } from "./stage.js";
import { scenarioAsPlayed } from "./timeline.js";

/** What is rehearsed, and on which httpd. */
export interface RehearsalOptions extends Pick<PlayOptions, "signal" | "onStep"> {
  /** The user's own httpd.conf. */
  readonly conf: ExpandOptions;
  /** What it says, or the description it was written from. */
  readonly topology: Topology;
  /** Must have passed `checkScenario`. */
  readonly scenario: Scenario;
  readonly program: HttpdProgram;
  /** All times are divided by it. @default 1 */
  readonly speedup?: number;
}

/** One request on the real httpd, beside the model's. */
export interface RehearsedRequest {
  /** From 1. */
  readonly request: number;
  /** From 1. */
  readonly step: number;
  /** Milliseconds since the rehearsal began. */
  readonly sent: number;
  readonly real: Answer;
  readonly model: ModelPick;
  /** The real answer is the model's, or one of those it leaves open. */
  readonly agrees: boolean;
}

/** What came of a rehearsal. */
export interface Rehearsal {
  /** Version of httpd, as it calls itself. */
  readonly httpd: string;
  readonly requests: readonly RehearsedRequest[];
  /** Model and httpd agree on every request. */
  readonly agrees: boolean;
  /** The differences come from the time that requests took: at the moments they were really sent, the model agrees. */
  readonly timing: boolean;
  /** Expectations that did not hold on the real httpd. */
  readonly failures: readonly Failure[];
  /** What was changed in the configuration so that it could be played. */
  readonly rewired: readonly Rewiring[];
  /** Lines that were played around it: what makes the process a private one, and modules of a piece of a file. */
  readonly added: readonly string[];
}

/**
 * Plays a scenario on a private httpd that runs the user's own configuration, with stubs for backends, and compares every request with the model. Nothing is
 * left behind, whatever happens.
 *
 * @throws UnreadyError when httpd does not start or a step cannot be played; the signal's reason when it is aborted
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { program, signal, conf, speedup = 1 } = options;
  const { topology, scenario } = spedUp(options, speedup);
  const managers = scenario.steps.some((step) => "set" in step);
  const stage = await openStage({ conf, topology, program, speedup, managers });
  try {
    const trace = await play(stage, scenario, options);
    const { rewirings: rewired } = stage.rewired;
    return { ...judge(topology, scenario, trace), httpd: program.version, rewired, added: stage.added };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await stage.close();
  }
}

function judge(
  topology: Topology,
  scenario: Scenario,
  trace: RealTrace,
): Omit<Rehearsal, "httpd" | "rewired" | "added"> {
  const { picks: model, steps } = runScenario(topology, scenario, { world: rehearsalWorld(topology) });
  const strayed = new Set(steps.flatMap(({ step, shares }) => strayedFrom(shares, step, trace.picks)));
  const requests = trace.picks.map((pick, index): RehearsedRequest => {
    const told = required(model[index]);
    const { step, sent } = pick;
    return {
      request: index + 1,
      step: step + 1,
      sent,
      real: answerOf(pick),
      model: told,
      agrees: agrees(told, pick) && !strayed.has(pick),
    };
  });
  const agree = requests.every((request) => request.agrees);
  return {
    requests,
    agrees: agree,
    timing: !agree && agreesAsPlayed(topology, scenario, trace),
    failures: expectationsBroken(topology, scenario, trace.picks),
  };
}

/** True when the model agrees once it is told when each request was really sent. */
function agreesAsPlayed(topology: Topology, scenario: Scenario, { picks, steps }: RealTrace): boolean {
  const timeline = { steps, requests: picks };
  const world = rehearsalWorld(topology);
  const model = runScenario(topology, scenarioAsPlayed(scenario, timeline), { world }).picks;
  return picks.every((pick, index) => agrees(required(model[index]), pick));
}

/** The world of a rehearsal: its clients wait until their connection is closed, and its stubs have names of one length. */
export function rehearsalWorld(topology: Topology): World {
  return new World(topology, { isPatient: true, hostSent: () => "" });
}

/** Requests of several clients whose answer came more often or more seldom than the model's bounds say. */
function strayedFrom(
  shares: readonly AnswerShare[] | undefined,
  step: number,
  picks: readonly RealPick[],
): readonly RealPick[] {
  if (shares === undefined) return [];
  const own = picks.filter((pick) => pick.step === step - 1);
  const within = shares.every(({ member, status, least, most }) => {
    const count = own.filter((pick) => (pick.member ?? null) === member && pick.status === status).length;
    return count >= least && count <= most;
  });
  return within ? [] : own;
}

/** The real answer is the model's, or one of those it leaves open. */
export function agrees(model: ModelPick, real: RealPick): boolean {
  return (model.either ?? [model]).some(
    ({ member, status }) => (member ?? undefined) === real.member && status === real.status,
  );
}

function expectationsBroken(topology: Topology, scenario: Scenario, picks: readonly RealPick[]): readonly Failure[] {
  return scenario.steps.flatMap((step, index): readonly Failure[] => {
    if (!("request" in step) || step.request.expect === undefined) return [];
    const expected = new Watch(topology, step.request.expect);
    const first = picks.findIndex((pick) => pick.step === index);
    const own = picks.filter((pick) => pick.step === index);
    for (const [place, pick] of own.entries()) {
      const message = expected.next([answerOf(pick)]);
      if (message !== undefined) return [{ step: index + 1, request: first + place + 1, message }];
    }
    const missing = expected.end();
    if (missing === undefined) return [];
    return [{ step: index + 1, ...(own.length > 0 && { request: first + own.length }), message: missing }];
  });
}

function answerOf({ member, status }: RealPick): Answer {
  return { member: member ?? null, status };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the model has fewer requests than were sent");
  return value;
}
