import { describe, expect, test } from "vitest";
import { told } from "../../../core/promises/counterexample.js";
import type { ToldFinding } from "../../../core/promises/counterexample.js";
import { judgePromise } from "../../../core/promises/judge-promise.js";
import { Promises, readPromise } from "../../../core/promises/promise.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";

/** `failback` within two seconds and so many requests, of members that are tried again after one second. */
function judged(requests: number, own: readonly WorkerParameters[], parameters: BalancerParameters = {}): ToldFinding {
  const members = own.map((given, index) => ({
    name: `n${index}`,
    url: `http://127.0.0.1:${9001 + index}`,
    parameters: { retry: seconds(1), ...given },
  }));
  const topology = buildTopology({ clusters: [{ name: "c", parameters, members }] });
  const [cluster] = topology.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  const promise = { id: "failback", within: seconds(2), requests } as const;
  const limits = { failures: own.length - 1 };
  return told(
    topology,
    cluster,
    judgePromise({ topology, cluster, promise, limits, at: "", options: { mend: false } }),
  );
}

describe("failback within a number of requests", () => {
  test("two members alike: the second request after the return at the latest goes to the one that returned", () => {
    expect(judged(1, [{}, {}], { maxattempts: 3 })).toMatchObject({
      verdict: "broken",
      counterexample: { events: 5, sure: true, shortest: true },
    });
    expect(judged(2, [{}, {}], { maxattempts: 3 })).toMatchObject({ verdict: "holds", proof: "search" });
  });

  test("a member keeps its lbstatus: behind five requests of its sessions, five requests go elsewhere", () => {
    const sticky = { stickysession: "SID" };
    expect(judged(5, [{ route: "a" }, { route: "b" }], sticky)).toMatchObject({
      verdict: "broken",
      counterexample: { sure: true, events: 13 },
    });
  });

  test("an active of a later set gets nothing while an earlier set serves", () => {
    expect(judged(3, [{}, { lbset: 1 }], { maxattempts: 3 })).toMatchObject({ verdict: "broken" });
  });

  test("who is still in error breaks it before any request is counted", () => {
    const finding = judged(100, [{ retry: seconds(5) }, {}]);
    expect(finding.counterexample?.explanation).toContain("retry=5s keeps it in error");
  });

  test.each([
    ["health checks", [{ hcmethod: "TCP" }, {}], {}],
    ["a race inside httpd", [{ retry: seconds(0) }, {}], { maxattempts: 3 }],
    ["bytes", [{}, {}], { lbmethod: "bytraffic" }],
  ] as const)("where %s decide, it is not judged or broken, never said to hold", (_, members, parameters) => {
    const { verdict, note, counterexample } = judged(50, members, parameters);
    expect(verdict).not.toBe("holds");
    expect(counterexample?.explanation ?? note).toBeDefined();
  });

  test("the number is a whole one from 1 to 10000", () => {
    const read = (requests: number) => readPromise({ id: "failback", parameters: { requests } }, "").ok;
    expect([0, 1, 1.5, 10_000, 10_001].map(read)).toEqual([false, true, false, true, false]);
    expect(() => Promises.failbackWithin(seconds(1), { requests: 0 })).toThrow();
  });
});
