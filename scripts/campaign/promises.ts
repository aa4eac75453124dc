import { told } from "../../core/promises/counterexample.js";
import { judgePromise } from "../../core/promises/judge-promise.js";
import { scenarioToJson } from "../../core/scenario/scenario.js";
import type { Scenario } from "../../core/scenario/scenario.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { randomQuestion } from "../../test/core/promises/random-layout.js";
import type { Question } from "../../test/core/promises/random-layout.js";
import { lastSighting, walk } from "../../test/core/promises/walk.js";
import { randomOf } from "../../test/differential/random.js";
import type { Attacked, Find } from "./attack.js";

/** Walks for each promise that holds, and events of each. */
const STROLLS = { walks: 40, events: 30 } as const;

/** The same for shares: each request step of such a walk is thousands of requests, and who is down is all that matters. */
const LONG_STROLLS = { walks: 3, events: 7 } as const;

/** Milliseconds of this process's own time one promise is searched for: a busy machine changes no answer. */
const PATIENCE = 1_000;

/** Walks of simulate against what holds, and every counterexample played. */
export function attackPromises(seed: number, until: number): Promise<Attacked> {
  const counts = new Map<string, number>();
  const finds: Find[] = [];
  for (let place = 0; Date.now() < until; place++) {
    const random = randomOf(seed, place);
    const question = randomQuestion(random);
    const { word, scenario } = attacked(question, (length) => walk(random, question, length)?.scenario);
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (scenario !== undefined) finds.push({ place, fixture: fixtureOf(question, word, scenario) });
  }
  return Promise.resolve({ counts, finds });
}

interface Ending {
  readonly word: string;
  /** What shows that the answer was wrong. */
  readonly scenario?: Scenario;
}

function attacked(question: Question, stroll: (length: number) => Scenario | undefined): Ending {
  const { topology, cluster, promise, limits } = question;
  try {
    const deadline = busyTime() + PATIENCE;
    const options = { mend: false, isOver: () => busyTime() > deadline };
    const finding = judgePromise({ topology, cluster, promise, limits, at: "", options });
    const { verdict, depth = 0 } = finding;
    const { walks, events } = promise.id === "share" || promise.id === "capacity" ? LONG_STROLLS : STROLLS;
    const length = { holds: events, bounded: Math.min(events, depth), unjudged: 0, broken: 0 }[verdict];
    for (let nth = 0; nth < walks && length > 0; nth++) {
      const scenario = stroll(length);
      if (scenario !== undefined) return { word: `${promise.id} ${verdict}: refuted`, scenario };
    }
    const { counterexample } = told(topology, cluster, finding);
    if (counterexample === undefined) return { word: `${promise.id} ${verdict}` };
    const sighting = lastSighting(question, counterexample.scenario);
    const confirmed = sighting === "broken" || (sighting === "perhaps" && !counterexample.sure);
    if (confirmed) return { word: `${promise.id} broken, reproduced` };
    return { word: `${promise.id} broken: not reproduced`, scenario: counterexample.scenario };
  } catch (error) {
    if (error instanceof ProblemError) return { word: `${promise.id} refused` };
    throw error;
  }
}

function busyTime(): number {
  return process.cpuUsage().user / 1_000;
}

function fixtureOf(
  { topology: { httpd }, cluster, promise, limits }: Question,
  what: string,
  scenario: Scenario,
): unknown {
  return { what, httpd, promise, limits, cluster, scenario: scenarioToJson(scenario) };
}
