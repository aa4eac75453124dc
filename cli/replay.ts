import type { Answer } from "../core/model/trace.js";
import type { PromiseResult } from "../core/promises/check.js";
import { measuredRates } from "../core/promises/measured-rates.js";
import type { MeasuredRates } from "../core/promises/measured-rates.js";
import type { Sighting } from "../core/promises/promise-watch.js";
import { reenact } from "../core/promises/reenact.js";
import type { Input } from "./input.js";
import { UnusableError } from "./io.js";

/** What came of a counterexample on a real httpd. */
export interface Replay {
  /** Answer to the last request; `member` is absent when httpd answered itself. */
  readonly status: number;
  readonly member?: string;
  /** Every answer was the one the model gives. */
  readonly agrees: boolean;
  /** The promise was broken by what the real httpd answered. */
  readonly broken: boolean;
  /** Requests per second, of `capacity`. */
  readonly rates?: MeasuredRates;
}

/** A promise, checked, with what its counterexample came to on a real httpd. */
export interface ReplayedResult extends PromiseResult {
  readonly replay?: Replay;
}

/**
 * Plays each counterexample on a real httpd with stub nodes, and judges the promise by what that answered. Shares and
 * capacities are judged by the shares of the load that is promised; the rates that were measured are told besides.
 *
 * @throws UnusableError where no httpd can be started
 */
export async function replayed(results: readonly PromiseResult[], input: Input): Promise<readonly ReplayedResult[]> {
  const { UnreadyError } = await import("../live/program.js");
  const played: ReplayedResult[] = [];
  try {
    for (const result of results) played.push(await withReplay(result, input));
  } catch (error) {
    if (error instanceof UnreadyError) throw new UnusableError(`--replay: ${error.message}`);
    throw error;
  }
  return played;
}

async function withReplay(result: PromiseResult, { topology, path, run }: Input): Promise<ReplayedResult> {
  const { counterexample, promise } = result;
  if (counterexample === undefined) return result;
  const { rehearse } = await import("../live/rehearse.js");
  const { renderedConf } = await import("../live/rendered-conf.js");
  const { findHttpd } = await import("../live/program.js");
  const { scenario } = counterexample;
  const program = findHttpd(process.env);
  const conf = run ?? renderedConf(topology, { path: `${path}, rendered` });
  const { requests, agrees } = await rehearse({ conf, topology, scenario, program });
  const last = requests.at(-1)?.real;
  const member = last?.member ?? undefined;
  const cluster = topology.clusters.find(({ name }) => name === result.cluster);
  const answers = requests.map(({ real }) => real);
  const seen = cluster && reenact(topology, cluster, promise, scenario, answers);
  const broken = isBroken(result, seen?.sighting) || isRefused(result, last);
  const sent = requests.map(({ sent: at, real }) => ({ sent: at, member: real.member ?? null }));
  const rates = cluster && promise.id === "capacity" ? measuredRates(cluster, sent) : undefined;
  return {
    ...result,
    replay: {
      status: last?.status ?? 0,
      ...(member !== undefined && { member }),
      agrees,
      broken,
      ...(rates && { rates }),
    },
  };
}

/** A share may be more than promised after a failure, by how much the finding says. */
function isBroken({ promise }: PromiseResult, sighting: Sighting | undefined): boolean {
  return sighting === "broken" || (sighting === "perhaps" && promise.id === "share");
}

/** Where no request reaches the cluster, an error of httpd is what breaks the promise. */
function isRefused({ approach }: PromiseResult, last: Answer | undefined): boolean {
  return approach.reached === "no" && last?.member === null && last.status >= 400;
}

/** What a replay came to, in words. */
export function replayText({ status, member, agrees, broken, rates }: Replay): string {
  const who = member === undefined ? "httpd itself answered" : `${member} answered`;
  const verdict = broken ? "the promise is broken" : "the promise was kept this time";
  const last = rates === undefined ? `${who} ${status} to the last request` : ratesText(rates);
  return `on a real httpd ${verdict}: ${last}${agrees ? ", every answer as the model says" : ""}`;
}

function ratesText({ sent, members }: MeasuredRates): string {
  const parts = members
    .filter(({ rate }) => rate > 0)
    .map(({ member, rate, capacity }) => {
      return `${member} got ${rate.toFixed(1)}${capacity === undefined ? "" : ` (capacity ${capacity})`}`;
    });
  return `of ${sent.toFixed(1)} requests per second ${parts.join(", ")}`;
}
