import { expect, test } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import { clusterOf, topologyOf } from "./cluster.js";

function served(...statuses: readonly (string | undefined)[]): string {
  const cluster = clusterOf(statuses.map((status) => (status === undefined ? {} : { status })));
  const { picks } = runScenario(topologyOf(cluster), { steps: [{ request: { count: 4 } }] });
  return picks.map(({ name }) => name).join(" ");
}

test("a drained active lets a spare in", () => {
  expect(served(undefined, "+N", "+R")).toBe("a c a c");
});

test.each(["+RN", "+HN"])("a drained spare or standby (%s) is no missing active, so it lets no spare in", (drained) => {
  expect(served(undefined, drained, "+R")).toBe("a a a a");
});
