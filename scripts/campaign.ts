import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { told } from "../core/promises/counterexample.js";
import { judge } from "../core/promises/judge-promise.js";
import { scenarioToJson } from "../core/scenario/scenario.js";
import type { Scenario } from "../core/scenario/scenario.js";
import { ProblemError } from "../core/vocabulary/problem.js";
import { randomQuestion } from "../test/core/promises/random-layout.js";
import type { Question } from "../test/core/promises/random-layout.js";
import { lastSighting, walk } from "../test/core/promises/walk.js";
import { randomOf } from "../test/differential/random.js";

/*
 * Attacks the promises with fresh seeds: walks of simulate against what holds, and every counterexample played. What it
 * finds is written to a file that a test can read, and makes it end with status 1.
 */

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "5" }, seed: { type: "string" }, out: { type: "string" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
const until = Date.now() + 60_000 * Number(values.minutes);
const out = values.out ?? `campaign-${seed}.json`;
const LONGEST = 30;
const WALKS = 100;

const counts = new Map<string, number>();
const finds: unknown[] = [];
for (let place = 0; Date.now() < until; place++) {
  const random = randomOf(seed, place);
  const question = randomQuestion(random);
  const word = attacked(question, place, (length) => walk(random, question, length)?.scenario);
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
for (const [word, count] of [...counts].sort()) console.log(`${word.padEnd(36)} ${count}`);
console.log(`seed ${seed}: ${finds.length} finds${finds.length === 0 ? "" : `, written to ${out}`}`);
if (finds.length > 0) {
  writeFileSync(out, `${JSON.stringify(finds, null, 2)}\n`);
  process.exitCode = 1;
}

function attacked(question: Question, place: number, stroll: (length: number) => Scenario | undefined): string {
  const { topology, cluster, promise, limits } = question;
  try {
    const deadline = Date.now() + 10_000;
    const options = { mend: false, isOver: () => Date.now() > deadline };
    const finding = judge({ topology, cluster, promise, limits, at: "", options });
    const { verdict, depth = 0 } = finding;
    const length = { holds: LONGEST, bounded: Math.min(LONGEST, depth), unjudged: 0, broken: 0 }[verdict];
    for (let nth = 0; nth < WALKS && length > 0; nth++) {
      const scenario = stroll(length);
      if (scenario !== undefined) return found(question, place, `${promise.id} ${verdict}: refuted`, scenario);
    }
    const { counterexample } = told(topology, cluster, finding);
    if (counterexample === undefined) return `${promise.id} ${verdict}`;
    const sighting = lastSighting(question, counterexample.scenario);
    const confirmed = sighting === "broken" || (sighting === "perhaps" && !counterexample.sure);
    if (confirmed) return `${promise.id} broken, reproduced`;
    return found(question, place, `${promise.id} broken: not reproduced`, counterexample.scenario);
  } catch (error) {
    if (error instanceof ProblemError) return `${promise.id} refused`;
    throw error;
  }
}

function found({ cluster, promise, limits }: Question, place: number, what: string, scenario: Scenario): string {
  finds.push({ what, seed, place, promise, limits, cluster, scenario: scenarioToJson(scenario) });
  return what;
}
