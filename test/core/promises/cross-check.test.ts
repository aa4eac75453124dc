import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alwaysServed } from "../../../core/promises/always-served.js";
import type { Verdict } from "../../../core/promises/verdict.js";
import type { Finding } from "../../../core/promises/finding.js";
import { judgeFailback } from "../../../core/promises/failback.js";
import { judgeStandbyIdle } from "../../../core/promises/standby-idle.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { Topology } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { shortestRefusal } from "./brute-force.js";
import { shortestLateness } from "./brute-force-late.js";

const LAYOUTS = Number(process.env["LAYOUTS"] ?? 800);

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

const layouts = layoutsOf(memberParameters);

function layoutsOf(own: typeof memberParameters): fc.Arbitrary<Topology> {
  return fc
    .record({ members: fc.array(own, { minLength: 1, maxLength: 3 }), parameters: balancerParameters })
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

function shortestOf(verdict: Verdict): number | undefined {
  if (verdict.kind !== "breaks") return undefined;
  return Math.min(...verdict.violations.map(({ events }) => events.length));
}

describe("always-served against plain simulation", () => {
  test(`the search and a plain breadth-first simulation give the same answer on ${LAYOUTS} random layouts`, () => {
    fc.assert(
      fc.property(layouts, fc.integer({ min: 0, max: 3 }), (topology, wanted) => {
        const [cluster] = topology.clusters;
        if (cluster === undefined) throw new Error("no cluster");
        const failures = Math.min(wanted, cluster.members.length);
        const depth = cluster.members.length === 3 ? 5 : 7;
        const verdict = alwaysServed(topology, cluster, { failures });
        const searched = shortestOf(verdict);
        const simulated = shortestRefusal(topology, cluster, failures, depth);
        if (simulated === undefined) expect(searched ?? Infinity).toBeGreaterThan(depth);
        else expect(searched).toBe(simulated);
      }),
      { numRuns: LAYOUTS },
    );
  });
});

type Judge = typeof judgeFailback;

describe.each<{ readonly promise: "failback" | "standby-idle"; readonly judge: Judge }>([
  { promise: "failback", judge: judgeFailback },
  { promise: "standby-idle", judge: judgeStandbyIdle },
])("$promise against plain simulation", ({ promise, judge }) => {
  test(`the search and a plain breadth-first simulation give the same answer while somebody is up`, () => {
    fc.assert(
      fc.property(
        layoutsOf(lateParameters),
        fc.integer({ min: 0, max: 2 }),
        fc.constantFrom(10, 30, 60),
        (topology, wanted, time) => {
          const [cluster] = topology.clusters;
          if (cluster === undefined) throw new Error("no cluster");
          const failures = Math.min(wanted, cluster.members.length - 1);
          const depth = cluster.members.length === 3 ? 6 : 8;
          const found: Finding = judge(
            topology,
            cluster,
            seconds(time),
            { failures },
            { mend: false, mostStates: 8_000 },
          );
          const within = time * 1_000_000;
          const simulated = shortestLateness(topology, cluster, { promise, failures, depth, within });
          const searched = found.breach?.events.length;
          if (simulated === undefined) expect(searched ?? Infinity).toBeGreaterThan(depth);
          else expect(searched).toBe(simulated);
        },
      ),
      { numRuns: LAYOUTS / 40 },
    );
  });
});
