import { describe, expect, test } from "vitest";
import { explainTopology } from "../../../core/model/explain.js";
import { explanationText } from "../../../core/model/explain-text.js";
import { costTable } from "../../../core/promises/cost-text.js";
import { exhaustion, failureCosts } from "../../../core/promises/cost.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { runScenario } from "../../../core/model/run.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { Cluster } from "../../../core/topology/topology.js";
import { millis, seconds } from "../../../core/vocabulary/duration.js";

const topology = buildTopology({
  clusters: [
    {
      name: "c",
      parameters: { stickysession: "SID" },
      members: [
        {
          name: "n1",
          url: "http://n1:8080",
          replicationGroup: "g",
          parameters: { route: "n1", retry: seconds(10), connectiontimeout: seconds(2) },
        },
        {
          name: "n2",
          url: "http://n2:8080",
          replicationGroup: "g",
          parameters: { route: "n2", loadfactor: 5, retry: seconds(20), timeout: seconds(7), max: 5 },
        },
        { name: "n3", url: "http://n3:8080", parameters: { status: "+H" } },
        { name: "n4", url: "http://n4:8080", parameters: { status: "+D" } },
      ],
    },
  ],
});
const cluster = topology.clusters[0] as Cluster;

describe("cost of failures", () => {
  test("each member in service has its own row: share, connect timeout, retry, and who takes over", () => {
    expect(failureCosts(topology, cluster)).toEqual([
      {
        member: "n1",
        share: 1 / 6,
        failedRequests: 0,
        firstRefused: false,
        addedLatency: seconds(2),
        failback: seconds(10),
        sessionsLost: 0,
        sessionsRefused: 0,
        survivors: [{ member: "n2", share: 1 }],
      },
      {
        member: "n2",
        share: 5 / 6,
        failedRequests: 0,
        firstRefused: false,
        addedLatency: seconds(7),
        failback: seconds(20),
        sessionsLost: 0,
        sessionsRefused: 0,
        survivors: [{ member: "n1", share: 1 }],
      },
      {
        member: "n3",
        share: 0,
        failedRequests: 0,
        firstRefused: false,
        addedLatency: seconds(60),
        failback: seconds(60),
        sessionsLost: 0,
        sessionsRefused: 0,
        survivors: [
          { member: "n1", share: 1 / 6 },
          { member: "n2", share: 5 / 6 },
        ],
      },
    ]);
  });

  test("a lone member that its health checks have taken out waits for them, though a request would try it at once", () => {
    const parameters = { hcmethod: "TCP", hcinterval: seconds(1), hcpasses: 2 } as const;
    const alone = buildTopology({
      clusters: [{ name: "c", members: [{ name: "n1", url: "http://n1:8080", parameters }] }],
    });
    const quiet: readonly Step[] = [
      { stop: ["n1"] },
      { wait: seconds(3) },
      { request: { count: 1 } },
      { start: ["n1"] },
    ];
    const asked: Step = { request: { count: 60, every: millis(100) } };
    const { picks } = runScenario(alone, { steps: [...quiet, asked] });
    const away = picks.slice(1).findIndex(({ status }) => status === 200) * 100;
    const [cost] = failureCosts(alone, alone.clusters[0] as Cluster);
    expect(away).toBeGreaterThan(500);
    expect(cost?.failback.milliseconds).toBeGreaterThanOrEqual(away);
  });

  test("a lone member costs every request and all its sessions", () => {
    const alone = buildTopology({ clusters: [{ name: "c", members: [{ name: "n1", url: "http://n1:8080" }] }] });
    const [cost] = failureCosts(alone, alone.clusters[0] as Cluster);
    expect(cost).toMatchObject({
      failedRequests: 100,
      failback: seconds(0),
      firstRefused: true,
      sessionsLost: 1,
      survivors: [],
    });
  });

  test("without a second try one request is refused for each member in error", () => {
    const strict = buildTopology({
      clusters: [
        {
          name: "c",
          parameters: { maxattempts: 0 },
          members: ["n1", "n2"].map((name) => ({ name, url: `http://${name}:8080` })),
        },
      ],
    });
    expect(failureCosts(strict, strict.clusters[0] as Cluster).map(({ failedRequests }) => failedRequests)).toEqual([
      1, 1,
    ]);
  });

  test("sessions that nofailover refuses are no sessions of a failure that costs nothing", () => {
    const strict = buildTopology({
      clusters: [
        {
          name: "c",
          parameters: { stickysession: "SID", nofailover: true },
          members: ["n1", "n2"].map((name) => ({ name, url: `http://${name}:8080`, parameters: { route: name } })),
        },
      ],
    });
    const [cost] = failureCosts(strict, strict.clusters[0] as Cluster);
    expect(cost).toMatchObject({ failedRequests: 0, sessionsRefused: 0.5 });
    const [explanation] = explainTopology(strict);
    const text = explanation === undefined ? "" : explanationText(explanation);
    expect(text).toContain("Its sessions get 503 until it is back (nofailover); no other request fails.");
    expect(text).not.toContain("No request fails");
  });

  test("sentences and table give a member that health checks take out the same time to its return", () => {
    const checked = buildTopology({
      clusters: [
        {
          name: "c",
          members: ["n1", "n2"].map((name) => ({
            name,
            url: `http://${name}:8080`,
            parameters: { hcmethod: "TCP", hcinterval: seconds(1), hcpasses: 3, retry: seconds(1) },
          })),
        },
      ],
    });
    const [cost] = failureCosts(checked, checked.clusters[0] as Cluster);
    expect(cost?.failback).toEqual({ milliseconds: 3_330 });
    const [explanation] = explainTopology(checked);
    expect(explanation?.costs[0]?.backWithin).toBe(3_330_000);
  });

  test("a silent backend takes all workers of httpd unless max keeps some free", () => {
    const size = { maxRequestWorkers: 400, processes: 4, requestsPerSecond: 60 };
    expect(exhaustion(topology, cluster, size)).toEqual([
      { member: "n1", slots: 400, fills: seconds(40), stopsHttpd: true, leaves: false },
      { member: "n2", slots: 20, fills: { milliseconds: 400 }, stopsHttpd: false, waits: seconds(7), leaves: false },
    ]);
  });

  test("the table has a line for each failure", () => {
    expect(costTable(failureCosts(topology, cluster)).trimEnd().split("\n")).toHaveLength(4);
  });
});
