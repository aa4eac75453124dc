import fc from "fast-check";
import { expect, it } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { millis } from "../../../core/vocabulary/duration.js";
import { memberLists, stepLists } from "./arbitraries.js";
import { clusterOf, topologyOf } from "./cluster.js";

const MOST_MEMBERS = 6;

it("a balancer that nothing concerned for a while is as one that was there all the time: a restart at the start changes nothing", () => {
  const stories = fc.tuple(memberLists, fc.constantFrom(0, 700, 61_000), stepLists(MOST_MEMBERS));
  fc.assert(
    fc.property(stories, ([parameters, pause, told]) => {
      // Names that the story may speak of are all members of somebody.
      const members = Array.from({ length: MOST_MEMBERS }, (_, index) => parameters[index % parameters.length] ?? {});
      const topology = topologyOf(clusterOf(members, { stickysession: "SID" }));
      const steps: readonly Step[] = [{ wait: millis(pause + 1) }, ...told];
      const late = runScenario(topology, { steps });
      const early = runScenario(topology, { steps: [{ reload: "restart" }, ...steps] });
      expect(early.picks.map(({ member, status }) => [member, status])).toEqual(
        late.picks.map(({ member, status }) => [member, status]),
      );
    }),
    { numRuns: 80, seed: 13 },
  );
});
