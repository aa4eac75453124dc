import { runScenario } from "../core/model/run.js";
import { checkPromises } from "../core/promises/check.js";
import type { PromiseResult } from "../core/promises/check.js";
import { Promises } from "../core/promises/promise.js";
import { approachTo } from "../core/model/approach.js";
import { scenarioToJson } from "../core/scenario/scenario.js";
import type { Cluster, PromiseDeclaration, Topology } from "../core/topology/topology.js";
import type { Duration } from "../core/vocabulary/duration.js";

/** What vitest and jest expect of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a matcher may be told besides what is expected. */
export interface MatcherOptions {
  /** Name of the cluster. @default - the only one */
  readonly cluster?: string;
}

/** How many members may be down at once, and which cluster is meant. */
export interface SurvivalOptions extends MatcherOptions {
  readonly failures: number;
}

/** A share and how near it must be. */
export interface ShareOptions extends MatcherOptions {
  readonly about: number;
  /** @default 0.01 */
  readonly within?: number;
}

/**
 * Matchers on a topology for `expect.extend` of vitest and of jest:
 *
 * ```ts
 * expect.extend(httpdBalancerMatchers);
 * expect(topology).toServeInOrder(["node2", "node2", "node1"]);
 * ```
 *
 * They throw an Error when the cluster meant is not clear, and a ProblemError for members that are not there.
 */
export const httpdBalancerMatchers = {
  /** The first requests of one client are answered by these members, in this order. */
  toServeInOrder(topology: Topology, names: readonly string[], options: MatcherOptions = {}): MatcherResult {
    const cluster = clusterOf(topology, options);
    const entrance = approachTo(topology, cluster).entrance ?? {};
    const { picks } = runScenario(topology, { steps: [{ request: { count: names.length, ...entrance } }] });
    const served = picks.map(({ name, status }) => name ?? `httpd itself (${status})`);
    const pass = served.every((name, index) => name === names[index]);
    return verdict(pass, `served are ${served.join(", ")}; expected ${names.join(", ")}`);
  },

  /** A member serves a share of the requests, all up and after each failure. */
  toHaveShare(topology: Topology, member: string, { about, within, ...options }: ShareOptions): MatcherResult {
    const promise = Promises.share(member, { about, ...(within !== undefined && { within }) });
    return promised(topology, promise, options);
  },

  /** Every request is served while at most so many members are down and somebody is up. */
  toSurvive(topology: Topology, { failures, ...options }: SurvivalOptions): MatcherResult {
    return promised(topology, Promises.alwaysServed(), options, failures);
  },

  /** An active that returned serves again within a time. */
  toFailBackWithin(topology: Topology, time: Duration, options: MatcherOptions = {}): MatcherResult {
    return promised(topology, Promises.failbackWithin(time), options);
  },
} as const;

function clusterOf({ clusters }: Topology, { cluster: name }: MatcherOptions): Cluster {
  const known = clusters.map((cluster) => cluster.name).join(", ");
  const found = name === undefined && clusters.length === 1 ? clusters[0] : clusters.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new Error(`cluster: found ${name ?? "none named"}, allowed is one of ${known}; name one with { cluster }`);
}

function promised(
  topology: Topology,
  promise: PromiseDeclaration,
  options: MatcherOptions,
  failures?: number,
): MatcherResult {
  const meant = clusterOf(topology, options);
  const clusters = topology.clusters.map((cluster) => ({
    ...cluster,
    promises: cluster === meant ? [promise] : [],
  }));
  const promises = { ...(failures !== undefined && { failures }), mend: false };
  const [result] = checkPromises(
    { ...topology, clusters: clusters.filter(({ name }) => name === meant.name) },
    promises,
  );
  if (result === undefined) throw new Error(`promise ${promise.id} was not checked`);
  return verdict(result.holds, resultText(result));
}

function resultText({ counterexample, states, verdict: word, depth = 0, note = "" }: PromiseResult): string {
  if (word === "bounded") return `not proven: no scenario of up to ${depth} events breaks it; ${note}`;
  if (word === "unjudged") return `not judged: ${note}`;
  if (counterexample === undefined) return `it holds in all ${states} states`;
  return `${counterexample.explanation}\n${JSON.stringify(scenarioToJson(counterexample.scenario))}`;
}

function verdict(pass: boolean, text: string): MatcherResult {
  return { pass, message: () => text };
}
