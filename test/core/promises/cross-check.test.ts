import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alwaysServed } from "../../../core/promises/always-served.js";
import type { Verdict } from "../../../core/promises/verdict.js";
import { buildTopology } from "../../../core/topology/build.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { shortestRefusal } from "./brute-force.js";

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

const layouts = fc
  .record({ members: fc.array(memberParameters, { minLength: 1, maxLength: 3 }), parameters: balancerParameters })
  .map(({ members, parameters }) =>
    buildTopology({
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
    }),
  );

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
