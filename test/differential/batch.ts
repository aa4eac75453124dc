import { setMaxListeners } from "node:events";
import { checkTopology } from "../../core/check/topology.js";
import { runScenario } from "../../core/model/run.js";
import type { Pick } from "../../core/model/trace.js";
import { scenarioToJson } from "../../core/scenario/scenario.js";
import type { Topology } from "../../core/topology/topology.js";
import { readBalancers } from "../../live/balancer-manager.js";
import type { LiveBalancer } from "../../core/host/live-state.js";
import { play } from "../../live/play.js";
import type { RealPick, RealTrace } from "../../live/play.js";
import { findHttpd, releaseOf } from "../../live/program.js";
import type { HttpdProgram } from "../../live/program.js";
import { agrees, rehearsalWorld } from "../../live/rehearse.js";
import { renderedConf } from "../../live/rendered-conf.js";
import { openStage } from "../../live/stage.js";
import { scenarioAsPlayed } from "../../live/timeline.js";
import { finalDifference } from "./final-state.js";
import type { Case } from "./generate.js";
import { traitsOf } from "./generate.js";
import { together, turns } from "./turns.js";

/** How a case went. */
export interface Played {
  readonly case: Case;
  readonly model: readonly Pick[];
  readonly real: readonly RealPick[];
  /** Place of the first request where they differ; -1 when they agree on all. */
  readonly differsAt: number;
  /** How the counters differ that httpd and the model are left with; undefined when they do not. */
  readonly leftover: string | undefined;
}

/** Requests under way at the same time: few, so that each one's moment is known well. */
const AT_ONCE = 6;

/**
 * Plays cases on one httpd, all at the same time, each by a client of its own, and asks the model what should have come
 * out at the moments the requests were really sent.
 *
 * @returns those that the httpd of `HTTPD`, or of the machine, knows all words of
 */
export async function playBatch(given: readonly Case[]): Promise<readonly Played[]> {
  const program = findHttpd(process.env);
  const cases = casesFor(given, program);
  if (cases.length === 0) return [];
  const first = cases[0]!;
  const { reload: kind } = traitsOf(first.index);
  const topology = merged(cases);
  const conf = renderedConf(topology, {
    modules: ["lbmethod_byrequests", "lbmethod_bytraffic", "lbmethod_bybusyness"],
  });
  const stage = await openStage({ conf, topology, program, threads: 32, managers: true });
  const inTurn = turns(AT_ONCE);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  try {
    const reload = together(cases.length, () => stage.httpd.reload(kind ?? "graceful"));
    const playOne = async (one: Case): Promise<RealTrace> => {
      try {
        const own = { ...stage, topology: one.topology };
        return await play(own, one.scenario, { reload, inTurn, signal: stop.signal });
      } catch (error) {
        stop.abort(error);
        throw new Error(`case ${one.index} cannot be played`, { cause: error });
      }
    };
    const traces = await raceAbort(Promise.all(cases.map(playOne)), stop.signal);
    const left = new Map((await readBalancers(stage.managerOf())).map((balancer) => [balancer.name, balancer]));
    return cases.map((one, index) => compare(one, traces[index]!, left.get(one.name)!));
  } finally {
    await stage.close();
  }
}

/** The cases as that httpd is meant to have them, without those that say what came later. */
function casesFor(cases: readonly Case[], program: HttpdProgram): readonly Case[] {
  const httpd = releaseOf(program);
  if (httpd === undefined) return cases;
  const meant = cases.map((one) => ({ ...one, topology: { ...one.topology, httpd } }));
  return meant.filter(({ topology }) => checkTopology(topology).length === 0);
}

/** One server with the balancers and mounts of all cases. */
function merged(cases: readonly Case[]): Topology {
  const { topology } = cases[0]!;
  const mounts = cases.flatMap((one) => one.topology.servers[0]!.mounts);
  return {
    ...topology,
    clusters: cases.flatMap((one) => one.topology.clusters),
    servers: [{ ...topology.servers[0]!, mounts }],
  };
}

function compare(one: Case, { picks: real, steps }: RealTrace, left: LiveBalancer): Played {
  const timeline = { steps, requests: real };
  const world = rehearsalWorld(one.topology);
  const played = scenarioAsPlayed(one.scenario, timeline);
  const model = runScenario(one.topology, played, { explain: true, world }).picks;
  const differsAt = real.findIndex((pick, index) => !agrees(model[index]!, pick));
  return { case: one, model, real, differsAt, leftover: finalDifference(one, world, left) };
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new Error("a case of the batch failed", { cause: signal.reason }));
      });
    }),
  ]);
}

/** True when neither a request nor a counter differs. */
export function isSame({ differsAt, leftover }: Played): boolean {
  return differsAt === -1 && leftover === undefined;
}

/** Everything needed to see why a case differs. */
export function story(played: Played, seed: number): string {
  const { case: one, model, real, leftover } = played;
  const differsAt = played.differsAt === -1 ? real.length : played.differsAt;
  const from = Math.max(0, differsAt - 8);
  const rows = real.slice(from, differsAt + 3).map((pick, offset) => {
    const told = model[from + offset]!;
    const mark = from + offset === differsAt ? ">" : " ";
    const place = `${mark} request ${from + offset + 1} (step ${pick.step + 1}, ${pick.sent.toFixed(0)} ms)`;
    const answers = `model ${told.member ?? "httpd"} ${told.status}, real ${pick.member ?? "httpd"} ${pick.status}`;
    return `${place}: ${answers} [${told.why?.join("; ") ?? ""}]`;
  });
  return [
    played.differsAt === -1
      ? `case ${one.index}: ${leftover ?? "no difference"}`
      : `case ${one.index}: model and httpd differ at request ${differsAt + 1} of ${real.length}`,
    `to repeat: SEED=${seed} CASE=${one.index} npx vitest run test/differential`,
    JSON.stringify(one.topology.clusters[0]),
    JSON.stringify(scenarioToJson(one.scenario)),
    ...rows,
  ].join("\n");
}
