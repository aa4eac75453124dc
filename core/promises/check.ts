import { without } from "../vocabulary/without.js";
import { approachTo } from "../model/approach.js";
import type { Approach } from "../model/approach.js";
import type { Cluster, PromiseDeclaration, Topology } from "../topology/topology.js";
import { pointerStep, ProblemError } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import type { EffortOptions } from "./always-served.js";
import { defaultPromises, undeclared } from "./defaults.js";
import { told } from "./counterexample.js";
import type { ToldFinding } from "./counterexample.js";
import { VERDICT_RANKS } from "./finding.js";
import { frontLoad } from "./front-load.js";
import type { FrontFinding } from "./front-load.js";
import { frontsBefore } from "./fronts.js";
import { judgePromise } from "./judge-promise.js";
import { readPromise } from "./promise.js";
import type { ClusterPromise, PromiseId } from "./promise.js";
import { remarksOf } from "./remarks.js";
import { unreached } from "./unreached.js";
import type { SearchVerdict } from "./verdict.js";
import type { OperatorAction } from "./search/classes.js";

/** What to check, and how far. */
export interface CheckOptions extends EffortOptions {
  /** Promises to check, with their defaults where a cluster does not declare them. @default - those declared, else a default set */
  readonly promises?: readonly PromiseId[];
  /** Members of a cluster that may be down at once. @default - all but one */
  readonly failures?: number;
  /** What operators may do meanwhile. @default - nothing */
  readonly actions?: readonly OperatorAction[];
  /** Look for the smallest changes that mend what is broken. @default true */
  readonly mend?: boolean;
  /**
   * How many httpd of this configuration there are, each with counters of its own: `share` and `capacity` speak of all.
   *
   * @default - what the servers say, else 1
   */
  readonly fronts?: number;
  /** Servers of other descriptions that send requests to the same members, by name. @default - none */
  readonly beside?: readonly string[];
}

/** One promise of one cluster, checked. */
export interface PromiseResult extends ToldFinding {
  readonly id: PromiseId;
  readonly cluster: string;
  readonly promise: ClusterPromise;
  /** True for the verdict `holds` alone. */
  readonly holds: boolean;
  /** False where lines could decide otherwise that are not judged, and for the verdict `unjudged`. */
  readonly judged: boolean;
  /** How requests come to the cluster; its doubts are the lines that could decide otherwise. */
  readonly approach: Approach;
  /** Why a broken promise is accepted. */
  readonly acknowledged?: string;
  /** Where the promise is declared, else the cluster. */
  readonly at: Pointer;
}

/**
 * Checks the promises of every cluster; broken ones first among those of one word, so that the first of a word says
 * whether it holds everywhere.
 *
 * @throws ProblemError when a declared promise cannot be read or cannot hold by construction
 */
export function checkPromises(topology: Topology, options: CheckOptions = {}): readonly PromiseResult[] {
  const problems: Problem[] = [];
  const results = topology.clusters.flatMap((cluster, index) =>
    promisesOf(cluster, clusterAt(index), options, problems).map(({ promise, at }) => ({ cluster, promise, at })),
  );
  if (problems.length > 0) throw new ProblemError(problems);
  const sharing = { ...options, decided: options.decided ?? new Map<string, SearchVerdict>() };
  const order = new Map<PromiseId, number>();
  for (const { promise } of results) if (!order.has(promise.id)) order.set(promise.id, order.size);
  return results
    .map(({ cluster, promise, at }, place) => {
      options.started?.(`${promise.id} of ${cluster.name}`, place, results.length);
      return check(topology, cluster, promise, { at, options: sharing });
    })
    .map((result, place) => ({ result, place, reached: result.approach.reached === "yes" }))
    .sort(
      (a, b) =>
        (order.get(a.result.id) ?? 0) - (order.get(b.result.id) ?? 0) ||
        VERDICT_RANKS[a.result.verdict] - VERDICT_RANKS[b.result.verdict] ||
        Number(b.reached) - Number(a.reached) ||
        a.place - b.place,
    )
    .map(({ result }) => result);
}

/** Checks the promises of one cluster, in the order of their declaration. Throws as {@link checkPromises} does. */
export function checkClusterPromises(
  topology: Topology,
  cluster: Cluster,
  options: CheckOptions = {},
): readonly PromiseResult[] {
  const problems: Problem[] = [];
  const placed = promisesOf(cluster, clusterAt(topology.clusters.indexOf(cluster)), options, problems);
  if (problems.length > 0) throw new ProblemError(problems);
  return placed.map(({ promise, at }) => check(topology, cluster, promise, { at, options }));
}

function clusterAt(index: number): Pointer {
  return `/clusters${pointerStep(index)}`;
}

function check(
  topology: Topology,
  cluster: Cluster,
  promise: ClusterPromise,
  { at, options }: { readonly at: Pointer; readonly options: CheckOptions },
): PromiseResult {
  const approach = approachTo(topology, cluster);
  const found = unreached(promise.id, approach, at) ?? searched(topology, cluster, promise, { at, options });
  const acknowledged = cluster.acknowledged?.find(({ id }) => id === promise.id)?.reason;
  const holds = found.verdict === "holds";
  return {
    id: promise.id,
    cluster: cluster.name,
    promise,
    at,
    ...found,
    holds,
    judged: found.verdict !== "unjudged" && approach.doubts.length === 0,
    approach,
    ...(acknowledged !== undefined && !holds && { acknowledged }),
  };
}

function searched(
  topology: Topology,
  cluster: Cluster,
  promise: ClusterPromise,
  { at, options }: { readonly at: Pointer; readonly options: CheckOptions },
): ToldFinding {
  const failures = Math.min(options.failures ?? cluster.members.length - 1, cluster.members.length);
  const limits = { failures: Math.max(0, failures), ...(options.actions && { actions: options.actions }) };
  const judged = told(topology, cluster, judgePromise({ topology, cluster, promise, limits, at, options }));
  const fronts = options.fronts ?? frontsBefore(topology, cluster);
  const remarks = remarksOf(cluster, promise.id, fronts);
  const finding =
    promise.id === "capacity"
      ? withFronts(judged, frontLoad(topology, cluster, { ...options, load: promise.requestsPerSecond }), remarks)
      : remarked(judged, remarks);
  const isOpen = finding.verdict === "bounded" || finding.verdict === "unjudged";
  if (!isOpen || options.isOver?.() !== true) return finding;
  return {
    ...finding,
    note: `${finding.note === undefined ? "" : `${finding.note}; `}the time for searching was over`,
  };
}

/** A finding about members, with what the load comes to at the fronts: that is arithmetic, which no scenario plays. */
function withFronts(finding: ToldFinding, load: FrontFinding, remarks: readonly string[]): ToldFinding {
  const { overload, open } = load;
  const all = [...remarks, ...load.remarks];
  const unproven = without(finding, "proof", "depth");
  if (overload !== undefined) {
    const note = finding.verdict === "unjudged" ? `of members it is not judged: ${finding.note ?? ""}` : finding.note;
    return {
      ...unproven,
      verdict: "broken",
      note: [overload, ...(note === undefined ? [] : [note]), ...all].join("; "),
    };
  }
  if (open === undefined || finding.verdict === "broken") return remarked(finding, all);
  return { ...unproven, verdict: "unjudged", note: open };
}

/** A finding that says something of requests, with what else there is to say of them. */
function remarked(finding: ToldFinding, remarks: readonly string[]): ToldFinding {
  if (remarks.length === 0 || finding.verdict === "unjudged") return finding;
  return { ...finding, note: [...(finding.note === undefined ? [] : [finding.note]), ...remarks].join("; ") };
}

interface Placed {
  readonly promise: ClusterPromise;
  readonly at: Pointer;
}

function promisesOf(
  cluster: Cluster,
  base: Pointer,
  { promises }: CheckOptions,
  problems: Problem[],
): readonly Placed[] {
  const read = (declaration: PromiseDeclaration, at: Pointer): readonly Placed[] => {
    const reading = readPromise(declaration, at, cluster);
    if (!reading.ok) problems.push(...reading.problems);
    return reading.ok ? [{ promise: reading.promise, at }] : [];
  };
  const declared = (cluster.promises ?? []).flatMap((declaration, index) =>
    read(declaration, `${base}/promises${pointerStep(index)}`),
  );
  if (promises === undefined) {
    return declared.length > 0 ? declared : defaultPromises(cluster).map((promise) => ({ promise, at: base }));
  }
  return promises.flatMap((id) => {
    const own = declared.filter(({ promise }) => promise.id === id);
    return own.length > 0 ? own : undeclared(cluster, id).flatMap((declaration) => read(declaration, base));
  });
}
