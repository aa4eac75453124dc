import { expect, test } from "vitest";
import { alwaysServed } from "../../../core/promises/always-served.js";
import { checkPromises } from "../../../core/promises/check.js";
import type { SearchVerdict } from "../../../core/promises/verdict.js";
import { buildTopology } from "../../../core/topology/build.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { randomOf } from "../../differential/random.js";
import { randomQuestion } from "./random-layout.js";

const QUESTIONS = 50;
const MOST_STATES = 500;

test("what was decided of other clusters is never the answer to another question", () => {
  const decided = new Map<string, SearchVerdict>();
  for (let number = 0; number < QUESTIONS; number++) {
    const { topology, cluster, limits } = randomQuestion(randomOf(13, number), { ids: ["always-served"] });
    const effort = { mostStates: MOST_STATES };
    expect(alwaysServed(topology, cluster, limits, { ...effort, decided }), `question ${number}`).toEqual(
      alwaysServed(topology, cluster, limits, effort),
    );
  }
  expect(decided.size).toBeGreaterThan(QUESTIONS / 4);
});

test("clusters of one kind are searched once, and each is told in its own names", () => {
  const clusters = ["shop", "blog", "news"].map((name) => ({
    name,
    members: ["a", "b"].map((member) => ({
      name: `${name}-${member}`,
      url: `http://${name}-${member}.example:8080`,
      parameters: { retry: seconds(10) },
    })),
  }));
  const decided = new Map<string, SearchVerdict>();
  const results = checkPromises(buildTopology({ clusters }), { promises: ["always-served"], mend: false, decided });
  expect(decided.size).toBe(1);
  expect(results.map(({ verdict }) => verdict)).toEqual(["broken", "broken", "broken"]);
  for (const { cluster, counterexample } of results) {
    const others = clusters.filter(({ name }) => name !== cluster);
    const told = JSON.stringify(counterexample);
    expect(told).toContain(`${cluster}-b`);
    for (const { name } of others) expect(told).not.toContain(`${name}-`);
  }
});

test("a search that ended with its time is begun anew for the next cluster", () => {
  const decided = new Map<string, SearchVerdict>();
  const { topology, cluster, limits } = randomQuestion(randomOf(13, 1), { ids: ["always-served"] });
  const late = alwaysServed(topology, cluster, limits, { decided, isOver: () => true });
  expect(late.kind).toBe("bounded");
  expect(alwaysServed(topology, cluster, limits, { decided })).toEqual(alwaysServed(topology, cluster, limits));
});
