import { told } from "../../core/promises/counterexample.js";
import type { Counterexample } from "../../core/promises/counterexample.js";
import { judgePromise } from "../../core/promises/judge-promise.js";
import { reenact } from "../../core/promises/reenact.js";
import { scenarioToJson } from "../../core/scenario/scenario.js";
import type { Topology } from "../../core/topology/topology.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { play } from "../../live/play.js";
import type { RealTrace } from "../../live/play.js";
import { findHttpd } from "../../live/program.js";
import { renderedConf } from "../../live/rendered-conf.js";
import { openStage } from "../../live/stage.js";
import { randomQuestion } from "../../test/core/promises/random-layout.js";
import type { Question } from "../../test/core/promises/random-layout.js";
import { randomOf } from "../../test/differential/random.js";
import { turns } from "../../test/differential/turns.js";
import type { Attacked, Find } from "./attack.js";

/** Counterexamples that share an httpd. */
const BATCH = 25;

/** Requests under way at the same time. */
const AT_ONCE = 4;

/** Milliseconds after which a batch is given up. */
const LONGEST = 90_000;

/** Most states of one search: what breaks a promise is found soon. */
const MOST_STATES = 4_000;

interface Case extends Question {
  readonly place: number;
  readonly counterexample: Counterexample;
}

/** Counterexamples of random layouts played on a real httpd, whose answers must break the promise. */
export async function attackCounterexamples(seed: number, until: number): Promise<Attacked> {
  const counts = new Map<string, number>();
  const finds: Find[] = [];
  const count = (word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);
  for (let place = 0; Date.now() < until;) {
    const batch: Case[] = [];
    for (; batch.length < BATCH && Date.now() < until; place++) batch.push(...caseOf(seed, place));
    // What a busy machine delayed or ended shows itself when it is played alone.
    const kept = await keptOf(batch).catch(() => batch);
    for (const one of batch) {
      const ending = kept.includes(one) ? await endingAlone(one) : "reproduced";
      count(`${one.promise.id}: ${ending}`);
      if (ending === "not reproduced") finds.push({ place: one.place, fixture: fixtureOf(one) });
    }
  }
  return { counts, finds };
}

async function endingAlone(one: Case): Promise<string> {
  try {
    return (await keptOf([one])).length === 0 ? "reproduced alone" : "not reproduced";
  } catch (error) {
    return `not played (${String(error)})`;
  }
}

/** A counterexample that is sure and needs nothing that the httpd of a batch cannot do for one alone; none otherwise. */
function caseOf(seed: number, place: number): readonly Case[] {
  const question = randomQuestion(randomOf(seed, place), { mounted: `c${place}` });
  const { topology, cluster, promise, limits } = question;
  try {
    const options = { mend: false, mostStates: MOST_STATES };
    const finding = judgePromise({ topology, cluster, promise, limits, at: "", options });
    const { counterexample } = told(topology, cluster, finding);
    if (counterexample?.sure !== true) return [];
    if (counterexample.scenario.steps.some((step) => "reload" in step)) return [];
    return [{ ...question, place, counterexample }];
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}

/** Cases whose promise was kept on the real httpd, all played at the same time. */
async function keptOf(batch: readonly Case[]): Promise<readonly Case[]> {
  const [first] = batch;
  if (first === undefined) return [];
  const topology = merged(first, batch);
  const stage = await openStage({
    conf: renderedConf(topology),
    topology,
    program: findHttpd(process.env),
    threads: 32,
    managers: true,
  });
  try {
    const inTurn = turns(AT_ONCE);
    const signal = AbortSignal.timeout(LONGEST);
    const traces = await Promise.all(
      batch.map((one) => play({ ...stage, topology: one.topology }, one.counterexample.scenario, { inTurn, signal })),
    );
    return batch.filter((one, index) => isKept(one, traces[index]));
  } finally {
    await stage.close();
  }
}

function isKept({ topology, cluster, promise, counterexample }: Case, trace: RealTrace | undefined): boolean {
  const answers = (trace?.picks ?? []).map(({ member = null, status }) => ({ member, status }));
  return reenact(topology, cluster, promise, counterexample.scenario, answers)?.sighting !== "broken";
}

function merged({ topology }: Case, batch: readonly Case[]): Topology {
  const [server] = topology.servers;
  if (server === undefined) throw new Error("a question without a server");
  const mounts = batch.flatMap((one) => one.topology.servers[0]?.mounts ?? []);
  return {
    ...topology,
    clusters: batch.flatMap((one) => one.topology.clusters),
    servers: [{ ...server, mounts }],
  };
}

function fixtureOf({ cluster, promise, limits, counterexample }: Case): unknown {
  const { scenario, explanation } = counterexample;
  return { what: "not reproduced", promise, limits, cluster, scenario: scenarioToJson(scenario), explanation };
}
