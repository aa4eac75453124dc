import { checkClusterPromises } from "../promises/check.js";
import type { CheckOptions, PromiseResult } from "../promises/check.js";
import { scenarioToJson } from "../scenario/scenario.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { PromiseId } from "../promises/promise.js";
import type { PromiseReview, PromisesReview } from "./report.js";

/** A cluster in the topology it belongs to. */
export interface ReviewedCluster {
  readonly topology: Topology;
  readonly cluster: Cluster;
}

/** How long to search, and what was found out about clusters like it. */
export type Effort = Pick<CheckOptions, "isOver" | "decided">;

/**
 * The promises of a cluster before and after: those it makes, else the default set of `check`. A promise is the same
 * one where it has the same word and is about the same member, whatever its numbers are.
 */
export function comparePromises(
  before: ReviewedCluster | undefined,
  after: ReviewedCluster | undefined,
  effort: Effort,
): PromisesReview {
  const old = before === undefined ? [] : checked(before, { ...effort, mend: false });
  const young = after === undefined ? [] : checked(after, { ...effort, mend: false });
  const isBroken = (results: readonly PromiseResult[], key: string): boolean =>
    results.some((result) => keyOf(result) === key && result.verdict === "broken");
  const newly = young.filter((result) => result.verdict === "broken" && !isBroken(old, keyOf(result)));
  // What mends is looked for only where something is newly broken: it takes many times as long as the check.
  const mended = after === undefined || newly.length === 0 ? [] : checked(after, effort, newly);
  const results = young.map((result) => {
    const was = old.find((other) => keyOf(other) === keyOf(result));
    const told = mended.find((other) => keyOf(other) === keyOf(result));
    return promiseReview(was, result, newly.includes(result) ? (told ?? result) : undefined);
  });
  const gone = old.filter((result) => !young.some((other) => keyOf(other) === keyOf(result)));
  return {
    broken: ids(newly),
    mended: after === undefined ? [] : ids(old.filter((result) => isMended(result, young))),
    standing: ids(young.filter((result) => result.verdict === "broken" && isBroken(old, keyOf(result)))),
    results: [...results, ...gone.map((result) => promiseReview(result, undefined, undefined))],
  };
}

/** A search that came to no end has mended nothing. */
function isMended(result: PromiseResult, young: readonly PromiseResult[]): boolean {
  if (result.verdict !== "broken") return false;
  return !young.some((other) => keyOf(other) === keyOf(result) && !other.holds);
}

function checked(
  { topology, cluster }: ReviewedCluster,
  options: CheckOptions,
  only?: readonly PromiseResult[],
): readonly PromiseResult[] {
  const promises = only === undefined ? undefined : ids(only);
  return checkClusterPromises(topology, cluster, { ...options, ...(promises && { promises }) });
}

function keyOf({ promise }: PromiseResult): string {
  return promise.id === "share" ? `share ${promise.member}` : promise.id;
}

function ids(results: readonly PromiseResult[]): readonly PromiseId[] {
  return [...new Set(results.map(({ id }) => id))];
}

function promiseReview(
  before: PromiseResult | undefined,
  after: PromiseResult | undefined,
  newlyBroken: PromiseResult | undefined,
): PromiseReview {
  const { id, promise } = (after ?? before) as PromiseResult;
  const example = newlyBroken?.counterexample ?? newlyBroken?.race;
  const mends = (newlyBroken?.mends ?? []).map(({ changes }) => changes.map(({ text }) => text).join(" and "));
  return {
    id,
    ...(promise.id === "share" && { member: promise.member }),
    before: before?.verdict ?? null,
    after: after?.verdict ?? null,
    ...(example && { explanation: example.explanation, scenario: scenarioToJson(example.scenario) }),
    ...(newlyBroken?.note !== undefined && !example && { explanation: newlyBroken.note }),
    ...(mends.length > 0 && { mends }),
    ...(after?.acknowledged !== undefined && { acknowledged: after.acknowledged }),
  };
}
