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
    { numRuns: 40, seed: 20 },
  );
});
