import { expect, it } from "vitest";
import { millis, seconds } from "../../core/vocabulary/duration.js";
import { scenarioAsPlayed } from "../../live/timeline.js";

const took = (sent: number, time: number) => ({ sent, answered: sent + time });

it("the time that requests and changes took becomes waits, and nothing is lost", () => {
  const scenario = {
    steps: [
      { request: { count: 2, path: "/a", expect: { status: 200 } } },
      { stop: ["n"] },
      { wait: seconds(1) },
      { request: { every: seconds(1) } },
    ],
  };
  const played = scenarioAsPlayed(scenario, {
    steps: [0, 30, 31, 1_032],
    requests: [took(0.2, 3), took(14.6, 3), took(1_032, 3)],
  });
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

it("a timeout that passes in the model as well is not counted twice", () => {
  const scenario = { steps: [{ request: { count: 3 } }] };
  const played = scenarioAsPlayed(scenario, { steps: [0], requests: [took(0, 2_012), took(2_013, 2), took(2_016, 2)] });
  const request = { request: { count: 1 } };
  expect(played.steps).toEqual([request, { wait: millis(13) }, request, { wait: millis(3) }, request]);
});
