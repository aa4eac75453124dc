import fc from "fast-check";
import { alwaysServed } from "../../../core/promises/always-served.js";
import { judgeFailback } from "../../../core/promises/failback.js";
import { judgeStandbyIdle } from "../../../core/promises/standby-idle.js";
import type { SearchVerdict } from "../../../core/promises/verdict.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ClusterInput } from "../../../core/topology/build.js";
import type { Cluster, Topology } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { shortestRefusal } from "./brute-force.js";
import { shortestLateness } from "./brute-force-late.js";

/** What the search and the plain simulation found, up to the depth that was simulated; equal where both are right. */
export interface Comparison {
  /** Events of the shortest violation; undefined for none of up to the depth. */
  readonly searched: number | undefined;
  readonly simulated: number | undefined;
}

/** A case as a campaign writes it, to be compared again. */
export type NaiveCase =
  | { readonly what: "always-served"; readonly cluster: ClusterInput; readonly failures: number }
  | {
      readonly what: LatePromise;
      readonly cluster: ClusterInput;
      readonly failures: number;
      /** Promised seconds. */
      readonly within: number;
    };

/**
 * A case of the searches and of plain simulation.
 *
 * @param mostStates - of the search; what it does not reach is not compared
 */
export function compare(own: NaiveCase, mostStates: number): Comparison {
  const topology = buildTopology({ clusters: [own.cluster] });
  if (own.what === "always-served") return compareRefusals([topology, own.failures]);
  return compareLateness(own.what, [topology, own.failures, own.within], mostStates);
}

const optional = <T>(values: readonly T[]) => fc.constantFrom(undefined, undefined, ...values);

const memberParameters = fc.record({
  loadfactor: optional([1, 2, 3, 5]),
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom("+H", "+R", "+D", "+N", "+S", "+I", "+RH", "+HN", "+HI") },
  ),
  lbset: optional([0, 1]),
  retry: fc.constantFrom(seconds(60), seconds(60), seconds(10), seconds(7), seconds(0)),
  route: optional(["a", "b", "c"]),
  redirect: fc.constantFrom(undefined, undefined, undefined, "a", "b"),
});

const balancerParameters = fc.record({
  lbmethod: fc.constantFrom(undefined, undefined, "bybusyness"),
  maxattempts: optional([0, 1, 2, 3, 4, 6]),
  forcerecovery: fc.constantFrom(undefined, undefined, undefined, false),
  nofailover: fc.constantFrom(undefined, undefined, undefined, true),
  stickysession: optional(["SID"]),
});

/** Without members tried again at once: where a race decides, one search may be sure of more than the other. */
const lateParameters = memberParameters.map(({ retry, ...others }) => ({
  ...others,
  retry: retry.milliseconds === 0 ? seconds(90) : retry,
}));

function layoutsOf(own: typeof memberParameters, most: number): fc.Arbitrary<Topology> {
  return fc
    .record({ members: fc.array(own, { minLength: 1, maxLength: most }), parameters: balancerParameters })
    .map(({ members, parameters }) => topologyOf(members, parameters));
}

function topologyOf(members: readonly object[], parameters: object): Topology {
  return buildTopology({
    clusters: [
      {
        name: "c",
        parameters: given(parameters),
        members: members.map((own, index) => ({
          name: `n${index + 1}`,
          url: `http://127.0.0.1:${9001 + index}`,
          parameters: given(own),
        })),
      },
    ],
  });
}

/** Without the keys whose value is undefined. */
function given<T extends object>(record: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function shortestOf(verdict: SearchVerdict): number | undefined {
  if (verdict.kind !== "breaks") return undefined;
  return Math.min(...verdict.violations.map(({ events }) => events.length));
}

/** A layout of up to so many members, and members that may be down at once. */
export function refusalCases(most: number): fc.Arbitrary<readonly [Topology, number]> {
  return fc.tuple(layoutsOf(memberParameters, most), fc.integer({ min: 0, max: most }));
}

/** `always-served` by the search and by plain simulation. */
export function compareRefusals([topology, wanted]: readonly [Topology, number]): Comparison {
  const cluster = onlyCluster(topology);
  const failures = Math.min(wanted, cluster.members.length);
  const depth = [7, 7, 5, 4][cluster.members.length - 1] ?? 4;
  const searched = shortestOf(alwaysServed(topology, cluster, { failures })) ?? Infinity;
  return upTo(depth, searched, shortestRefusal(topology, cluster, failures, depth));
}

/** A promise about a member that returned, judged. */
export type LatePromise = "failback" | "standby-idle";

/** Such a layout, the failures, and the seconds promised. */
export function latenessCases(most: number): fc.Arbitrary<readonly [Topology, number, number]> {
  return fc.tuple(layoutsOf(lateParameters, most), fc.integer({ min: 0, max: 2 }), fc.constantFrom(10, 30, 60));
}

/**
 * `failback` or `standby-idle` by the search and by plain simulation, while somebody is up.
 *
 * @param mostStates - of the search; what it does not reach is not compared
 */
export function compareLateness(
  promise: LatePromise,
  [topology, wanted, time]: readonly [Topology, number, number],
  mostStates: number,
): Comparison {
  const cluster = onlyCluster(topology);
  const failures = Math.min(wanted, cluster.members.length - 1);
  const deepest = [8, 8, 6, 5][cluster.members.length - 1] ?? 5;
  const judge = promise === "failback" ? judgeFailback : judgeStandbyIdle;
  const finding = judge(topology, cluster, seconds(time), { failures }, { mend: false, mostStates });
  const depth = finding.verdict === "bounded" ? Math.min(deepest, finding.depth ?? 0) : deepest;
  const within = time * 1_000_000;
  const simulated = shortestLateness(topology, cluster, { promise, failures, depth, within });
  const { events = [], shortest = true } = finding.breach ?? {};
  const found = finding.breach === undefined ? Infinity : events.length;
  // What is called "a short one" may be longer than the shortest.
  return upTo(depth, shortest ? found : Math.min(found, simulated ?? Infinity), simulated);
}

function upTo(depth: number, searched: number, simulated: number | undefined): Comparison {
  return { searched: searched > depth ? undefined : searched, simulated };
}

/** The cluster of a topology that has one. */
export function onlyCluster({ clusters: [cluster] }: Topology): Cluster {
  if (cluster === undefined) throw new Error("no cluster");
  return cluster;
}
