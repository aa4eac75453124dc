import fc from "fast-check";
import { expect, it } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { millis } from "../../../core/vocabulary/duration.js";
import { memberLists } from "./arbitraries.js";
import { clusterOf, topologyOf } from "./cluster.js";

it("requests that come one by one in time are counted at once as they are one by one", () => {
  fc.assert(
    fc.property(
      memberLists,
      fc.constantFrom("byrequests", "bybusyness"),
      fc.constantFrom(1, 3, 7),
      fc.integer({ min: 900, max: 1_500 }),
      (members, lbmethod, every, count) => {
        const topology = topologyOf(clusterOf(members, { lbmethod }));
        const request: Step = { request: { count, every: millis(every) } };
        const steps: readonly Step[] = [request, { stop: ["a"] }, request, { start: ["a"] }, request];
        const slow = runScenario(topology, { steps });
        const fast = runScenario(topology, { steps }, { picks: 0 });
        expect(fast.steps).toEqual(slow.steps);
      },
    ),
    { numRuns: 15, seed: 20 },
  );
});

it("a run whose time is over says how far it came, and counts what it played", () => {
  const factors = [1.05, 9.97, 3.33, 64.1].map((loadfactor) => ({ loadfactor }));
  const topology = topologyOf(clusterOf(factors, { stickysession: "SID" }));
  const step: Step = { request: { count: 1_000_000, cookies: { SID: "x.r9" } } };
  const { steps, stopped } = runScenario(topology, { steps: [step, step] }, { picks: 10, isOver: () => true });
  const played = steps[0]?.requests ?? 0;
  expect(steps).toHaveLength(1);
  expect(played).toBeGreaterThan(10);
  expect(stopped).toEqual({ step: 1, left: 1_000_000 - played });
  expect(runScenario(topology, { steps: [step] }, { picks: 10, isOver: () => false }).stopped).toBeUndefined();
});
