import { expect, it } from "vitest";
import { millis, seconds } from "../../core/vocabulary/duration.js";
import { scenarioAsPlayed } from "../../live/timeline.js";

it("the time that requests and changes took becomes waits, and nothing is lost", () => {
  const scenario = {
    steps: [
      { request: { count: 2, path: "/a", expect: { status: 200 } } },
      { stop: ["n"] },
      { wait: seconds(1) },
      { request: { every: seconds(1) } },
    ],
  };
  const played = scenarioAsPlayed(scenario, { steps: [0, 30, 31, 1_032], requests: [0.2, 14.6, 1_032] });
  expect(played.steps).toEqual([
    { request: { count: 1, path: "/a" } },
    { wait: millis(15) },
    { request: { count: 1, path: "/a" } },
    { wait: millis(15) },
    { stop: ["n"] },
    { wait: millis(1) },
    { wait: millis(1_001) },
    { request: { count: 1 } },
  ]);
});
