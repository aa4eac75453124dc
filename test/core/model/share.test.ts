import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialState, modelBalancer, NO_SESSION, serve } from "../../../core/model/engine.js";
import type { Backend } from "../../../core/model/engine.js";
import { lbfactorOf } from "../../../core/topology/effective.js";
import { explainTopology, explanationJson } from "../../../core/model/explain.js";
import { explanationText } from "../../../core/model/explain-text.js";
import { failoverOrder } from "../../../core/model/failover.js";
import { heartbeatShares } from "../../../core/model/lbmethods/heartbeat.js";
import { countsAfter, spreadOf } from "../../../core/model/share.js";
import { weightsFor } from "../../../core/model/weights.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { backend, memberLists } from "./arbitraries.js";
import { clusterOf, topologyOf } from "./cluster.js";

const OK: Backend = { kind: "answers", status: 200, body: 0 };

describe("shares", () => {
  it("the article: one and five of six, at most five in a row", () => {
    const spread = spreadOf(
      initialState(modelBalancer(clusterOf([{ loadfactor: 1 }, { loadfactor: 5 }, { status: "+H" }]))),
    );
    expect(spread).toEqual({
      shares: [
        { member: 0, share: { numerator: 1, denominator: 6 } },
        { member: 1, share: { numerator: 5, denominator: 6 } },
      ],
      period: 6,
      round: [1, 1, 0, 1, 1, 1],
      longestRun: { member: 1, length: 5 },
    });
  });

  it("counts of any number of requests are those of playing them, from any state", () => {
    const any = memberLists.chain((members) =>
      fc.record({
        members: fc.constant(members),
        backends: fc.array(backend, { minLength: members.length, maxLength: members.length }),
        lbmethod: fc.constantFrom("byrequests", "bybusyness", "bytraffic"),
        timeout: fc.option(fc.integer({ min: 1, max: 8 }).map(seconds), { freq: 2, nil: undefined }),
        before: fc.integer({ min: 0, max: 20 }),
        requests: fc.integer({ min: 0, max: 3000 }),
      }),
    );
    fc.assert(
      fc.property(any, ({ members, backends, lbmethod, timeout, before, requests }) => {
        const parameters = { lbmethod, ...(timeout !== undefined && { timeout }) };
        const state = initialState(modelBalancer(clusterOf(members, parameters)));
        for (let request = 0; request < before; request++)
          serve(state, NO_SESSION, { backends: members.map(() => OK) });
        const counted = countsAfter(state, requests, backends);
        const played = new Array<number>(members.length + 1).fill(0);
        for (let request = 0; request < requests; request++) {
          const { member } = serve(state, NO_SESSION, { backends });
          const place = member === -1 ? members.length : member;
          played[place] = (played[place] ?? 0) + 1;
        }
        expect(counted).toEqual(played);
      }),
      { numRuns: 200 },
    );
  });

  it("any number of requests costs a few rounds, also where each waits for the timeout of the balancer", () => {
    const cluster = clusterOf([{ retry: seconds(1) }, { status: "+N" }], { timeout: seconds(6) });
    const state = initialState(modelBalancer(cluster));
    const counted = countsAfter(state, 1e15, [{ kind: "refuses" }, OK]);
    expect(counted).toEqual([0, 0, 1e15]);
  });

  it("10^15 requests are counted to the last one", () => {
    const state = initialState(modelBalancer(clusterOf([{ loadfactor: 1 }, { loadfactor: 5 }])));
    expect(countsAfter(state, 1e15)).toEqual([166_666_666_666_667, 833_333_333_333_333, 0]);
  });

  it("heartbeat's draw is told as exact chances", () => {
    const cluster = clusterOf([{}, {}, {}]);
    const state = initialState(modelBalancer({ ...cluster, parameters: { lbmethod: "heartbeat" } }));
    const beat = (host: string, busy: number, ready: number, lastSeen = 1) => ({ host, busy, ready, lastSeen });
    expect(heartbeatShares(state, [beat("a", 1, 6), beat("b", 0, 7), beat("c", 1, 9, 10)])).toEqual([
      [6, 8],
      [2, 8],
      [0, 8],
    ]);
    expect(heartbeatShares(state, [])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });
});

describe("load factors for wanted shares", () => {
  it.each([
    [
      [1, 5],
      [1, 5],
    ],
    [
      [30, 70],
      [3, 7],
    ],
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
  ])("%j are %j, exactly", (wanted, loadfactors) => {
    expect(weightsFor(wanted)).toMatchObject({ loadfactors });
    expect(weightsFor(wanted).error).toBeLessThan(1e-12);
  });

  it("what is written gives the shares that are told, as httpd truncates", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }), (wanted) => {
        const { loadfactors, shares, error } = weightsFor(wanted);
        const hundredths = loadfactors.map(lbfactorOf);
        const total = hundredths.reduce((sum, factor) => sum + factor, 0);
        expect(shares).toEqual(hundredths.map((factor) => factor / total));
        expect(error).toBeLessThan(0.002);
      }),
      { numRuns: 30 },
    );
  });

  it("shows what 1 to 100 cannot give", () => {
    expect(weightsFor([1, 999])).toMatchObject({ loadfactors: [1, 100] });
    expect(weightsFor([1, 999]).error).toBeCloseTo(1 / 101 - 1 / 1000, 10);
    expect(() => weightsFor([1, 0])).toThrow("allowed are amounts above 0");
  });
});

describe("explanations", () => {
  const article = topologyOf(
    clusterOf(
      [
        { loadfactor: 1, retry: seconds(10), route: "node1", connectiontimeout: seconds(3) },
        { loadfactor: 5, retry: seconds(10), route: "node2", redirect: "node1" },
        { status: "+H", retry: seconds(10) },
        { status: "+D" },
      ],
      { stickysession: "SID" },
    ),
  );

  it("failover goes by set, then spares, then standbys", () => {
    const cluster = clusterOf([
      {},
      { status: "+R" },
      { status: "+H" },
      { lbset: 1 },
      { lbset: 1, status: "+H" },
      { status: "+N" },
    ]);
    expect(failoverOrder(modelBalancer(cluster))).toEqual([[0, 1], [2], [3], [4]]);
  });

  it("a member that ignores errors has its place in the order like any other", () => {
    const cluster = clusterOf([{ status: "+I" }, { retry: seconds(0) }, { status: "+HI" }]);
    expect(failoverOrder(modelBalancer(cluster))).toEqual([[0, 1], [2]]);
  });

  it("say who serves, who is next, and what each failure costs", () => {
    const [explanation] = explainTopology(article);
    const text = explanation === undefined ? "" : explanationText(explanation);
    for (const sentence of [
      "While all are up: a 1/6 (16.7 %), b 5/6 (83.3 %).",
      "The order repeats every 6 requests: b b a b b b",
      "When a, b cannot serve: c.",
      "d gets no new requests, whatever fails: Dis.",
      "No request fails. Instead serve: b 100 %.",
      "waits up to 3 s if its machine is gone",
      "Every 10 s one request tries it again and pays the same. It serves at most 10 s after its return.",
      "Its sessions move to a; they are lost unless they are replicated.",
      "Its sessions are spread over those that serve",
    ]) {
      expect(text).toContain(sentence);
    }
  });

  it("a member that is alone is tried by every request, as httpd forces recovery", () => {
    const [explanation] = explainTopology(topologyOf(clusterOf([{}])));
    expect(explanation?.costs[0]).toMatchObject({ failedRequests: 100, probeEvery: 0, backWithin: 0, instead: [] });
    const [held] = explainTopology(topologyOf(clusterOf([{}], { forcerecovery: false })));
    expect(held?.costs[0]).toMatchObject({ probeEvery: 60e6, backWithin: 60e6 });
  });

  it("the same as data", () => {
    const [explanation] = explainTopology(article);
    expect(explanation === undefined ? undefined : explanationJson(explanation)).toMatchObject({
      balancer: "c",
      shares: { a: "1/6", b: "5/6" },
      failover: [["a", "b"], ["c"]],
      failures: [
        {
          member: "a",
          failedRequests: 0,
          firstDelaySeconds: 3,
          probeEverySeconds: 10,
          backWithinSeconds: 10,
          sessions: "spread",
        },
        { member: "b", failedRequests: 0, firstDelaySeconds: 60, sessions: { to: "a" } },
      ],
    });
  });
});
