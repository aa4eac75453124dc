import { describe, expect, test } from "vitest";
import { explainTopology, explanationJson } from "../../../core/model/explain.js";
import { explanationText } from "../../../core/model/explain-text.js";
import { failureCosts } from "../../../core/promises/cost.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { Cluster } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { checked } from "./checked.js";

const LOAD = { capacity: { requestsPerSecond: 15 } };

describe("members that fail in ways of their own", () => {
  test("capacity: one that ignores errors keeps its part while it is down, another leaves it to the rest", () => {
    const members = [{ status: "+I", capacity: 10 }, { capacity: 10 }];
    for (const own of [members, [...members].reverse()]) {
      expect(checked(LOAD, own, {}, { failures: 1 })).toMatchObject({
        verdict: "broken",
        counterexample: { sure: true },
      });
      expect(checked(LOAD, own, {}, { failures: 0 }).verdict).toBe("holds");
    }
  });

  test("capacity: health checks put back who starts with C, and it gets its part", () => {
    const returning = { status: "+C", hcmethod: "TCP", hcinterval: "1s" };
    const members = [{ ...returning, capacity: 5 }, { capacity: 20 }];
    expect(checked(LOAD, members, {}, { failures: 0 }).verdict).toBe("broken");
    expect(checked(LOAD, [{ status: "+C", capacity: 5 }, { capacity: 20 }], {}, { failures: 0 }).verdict).toBe("holds");
  });

  test("an error of a stopped member ends by force only, which no search keeps: nothing is said to hold", () => {
    const members = [{}, {}, { status: "+SE" }];
    for (const promise of ["always-served", { failback: { within: "60s" } }, "sessions"] as const) {
      const { verdict, note } = checked(promise, members, { stickysession: "SID" }, { failures: 0 });
      expect(verdict === "broken" || note?.includes("stopped and in error")).toBe(true);
    }
    expect(checked("always-served", members, {}, { failures: 1 }).verdict).not.toBe("holds");
    expect(checked("always-served", [{}, {}], { maxattempts: 2 }, { failures: 1 }).verdict).toBe("holds");
  });

  test("sessions: a drained member keeps its own, a disabled one leaves them to who has a copy", () => {
    const members = [{ route: "a" }, { route: "b" }];
    const sticky = { stickysession: "SID" };
    expect(checked("sessions", members, sticky, { failures: 0, actions: ["drain"] }).verdict).toBe("holds");
    expect(checked("sessions", members, sticky, { failures: 0, actions: ["disable"] }).verdict).toBe("broken");
    const copied = members.map((own) => ({ ...own, replicationGroup: "g" }));
    expect(checked("sessions", copied, sticky, { failures: 1, actions: ["disable", "drain"] }).verdict).toBe("holds");
  });

  test("a balancer that waits for a usable member keeps promises about a return by proof", () => {
    const members = [{ retry: "1s" }, { retry: "2s" }, { status: "+H", retry: "1s" }];
    const waiting = { timeout: "5s" };
    expect(checked({ failback: { within: "2s" } }, members, waiting)).toMatchObject({ verdict: "holds" });
    expect(checked({ failback: { within: "1s" } }, members, waiting).verdict).toBe("broken");
    expect(checked({ "standby-idle": { within: "2s" } }, members, waiting)).toMatchObject({ verdict: "holds" });
  });
});

describe("explain of a member whose health checks fail although it answers", () => {
  const topology = buildTopology({
    clusters: [
      {
        name: "c",
        members: [
          { name: "n0", url: "http://n0:80", parameters: { hcmethod: "GET", hcinterval: seconds(1) } },
          { name: "n1", url: "http://n1:80" },
          { name: "n2", url: "http://n2:80", parameters: { hcmethod: "GET", hcuri: "/", status: "+C" } },
        ],
      },
    ],
  });
  const [explanation] = explainTopology(topology);
  if (explanation === undefined) throw new Error("no balancer");

  test("it has no share, no turn and no costs, and the text says why; one that starts with C is back", () => {
    const json = explanationJson(explanation);
    expect(json["shares"]).toEqual({ n1: "1/2", n2: "1/2" });
    expect(json["failover"]).toEqual([["n1", "n2"]]);
    expect(json["idle"]).toEqual([{ member: "n0", status: "HcFl", checksFail: true }]);
    expect(explanationText(explanation)).toContain("n0 gets no requests once its health checks have failed");
    const costs = failureCosts(topology, topology.clusters[0] as Cluster);
    expect(costs.map(({ member }) => member)).toEqual(["n1", "n2"]);
    expect(costs[0]?.survivors).toEqual([{ member: "n2", share: 1 }]);
  });
});
