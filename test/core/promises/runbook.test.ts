import { describe, expect, test } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import { clusterAfter } from "../../../core/promises/runbook/live-cluster.js";
import type { Operation } from "../../../core/promises/runbook/operation.js";
import { runbook } from "../../../core/promises/runbook/runbook.js";
import { runbookText } from "../../../core/promises/runbook/text.js";
import { runbookScenario } from "../../../core/promises/runbook/scenario.js";
import type { Runbook, RunbookStep } from "../../../core/promises/runbook/step.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ClusterInput } from "../../../core/topology/build.js";
import { effectiveBalancer, effectiveMember } from "../../../core/topology/effective.js";
import type { Cluster, Topology } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";

const ARTICLE = {
  name: "mycluster",
  parameters: { stickysession: "JSESSIONID|jsessionid" },
  members: [
    { name: "node1", url: "http://node1.test:8080", parameters: { loadfactor: 1, route: "node1" } },
    { name: "node2", url: "http://node2.test:8080", parameters: { loadfactor: 5, route: "node2" } },
    { name: "node3", url: "http://node3.test:8080", parameters: { status: "+H", route: "node3" } },
  ],
} as const satisfies ClusterInput;

function withCluster(cluster: ClusterInput): { readonly topology: Topology; readonly cluster: Cluster } {
  const to = { kind: "cluster", cluster: cluster.name, path: "/" } as const;
  const topology = buildTopology({
    clusters: [cluster],
    servers: [{ name: "web", listen: [{ port: 80 }], mounts: [{ path: "/", to }] }],
  });
  return { topology, cluster: topology.clusters[0] as Cluster };
}

function article(
  parameters: ClusterInput["parameters"] = {},
  statuses: readonly string[] = [],
): ReturnType<typeof withCluster> {
  const members = ARTICLE.members.map((member, index) => {
    const status = statuses[index];
    return status === undefined ? member : { ...member, parameters: { ...member.parameters, status } };
  });
  return withCluster({ ...ARTICLE, parameters: { ...ARTICLE.parameters, ...parameters }, members });
}

const OPERATIONS: readonly Operation[] = [
  { kind: "drain", members: ["node2"] },
  { kind: "drain-and-stop", members: ["node1", "node2"] },
  { kind: "emergency", members: ["node2"] },
  { kind: "remove", members: ["node1"] },
  { kind: "return", members: ["node2"] },
  { kind: "promote", members: ["node3"] },
  { kind: "clear-error", members: ["node1"] },
  { kind: "rolling-restart", members: ["node1", "node2", "node3"] },
  { kind: "shift-weights", weights: { node1: 3, node2: 2.5 } },
  { kind: "shift-weights", weights: { node2: 1 }, stages: [1, 10, 50] },
  { kind: "add", url: "http://node4.test:8080", loadfactor: 2, route: "node4" },
  { kind: "set-balancer", set: { lbmethod: "bybusyness", maxattempts: 1, timeout: 2, nofailover: true } },
  { kind: "reload" },
];

/** What decides: settings with httpd's defaults filled in. */
function effective(cluster: Cluster): unknown {
  return [effectiveBalancer(cluster), cluster.members.map((member) => effectiveMember(member))];
}

function played(cluster: Cluster, steps: readonly RunbookStep[]): Cluster {
  return steps.reduce(clusterAfter, cluster);
}

function stepsOf({ steps }: Runbook): readonly RunbookStep[] {
  return steps.map(({ step }) => step);
}

describe("runbook", () => {
  test.each(OPERATIONS)("every step of $kind keeps every request served in the model", (operation) => {
    const { topology, cluster } = article({ growth: 2 });
    const book = runbook(topology, cluster, operation);
    if (operation.kind === "add" || operation.kind === "return") {
      expect(book.steps.every(({ serving }) => serving.length > 0)).toBe(true);
      return;
    }
    const { picks } = runScenario(topology, runbookScenario(topology, cluster, book));
    expect(picks.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test.each(OPERATIONS)("each change of $kind has its inverse, which sets back just what it set", (operation) => {
    const { topology, cluster } = article({ growth: 2 });
    for (const step of stepsOf(runbook(topology, cluster, operation))) {
      if (step.kind !== "set") continue;
      expect(step.inverse.member).toBe(step.set.member);
      expect(Object.keys(step.inverse).sort()).toEqual(Object.keys(step.set).sort());
      expect(step.inverse).not.toEqual(step.set);
    }
  });

  test.each(["", "+N", "+D", "+H", "+R", "+I", "+ND", "+S"])(
    "from any step on, undoing leaves members as they were, with a status %j of their own",
    (status) => {
      const { topology, cluster } = article({}, [status]);
      for (const kind of ["drain", "emergency", "rolling-restart", "drain-and-stop"] as const) {
        const book = runbook(topology, cluster, { kind, members: ["node1"] });
        const steps = stepsOf(book);
        for (let done = 0; done <= steps.length; done++) {
          expect(effective(played(played(cluster, steps.slice(0, done)), book.undo))).toEqual(effective(cluster));
        }
      }
    },
  );

  test.each(["", "+N", "+D", "+H", "+ND"])("a rolling restart leaves a status %j as it was", (status) => {
    const { topology, cluster } = article({}, [status]);
    const book = runbook(topology, cluster, { kind: "rolling-restart", members: ["node1", "node2"] });
    expect(effective(played(cluster, stepsOf(book)))).toEqual(effective(cluster));
  });

  test("a server is stopped only after its member is disabled and has been seen idle", () => {
    const { topology, cluster } = article();
    const steps = stepsOf(
      runbook(topology, cluster, { kind: "rolling-restart", members: ["node1", "node2", "node3"] }),
    );
    const stops = steps.flatMap((step, at) =>
      step.kind === "backend" && step.action === "stop" ? [{ step, at }] : [],
    );
    expect(stops).toHaveLength(3);
    for (const { step, at } of stops) {
      const [disabled, idle] = steps.slice(at - 2, at);
      expect(idle).toMatchObject({ kind: "await-idle", member: step.member });
      expect(disabled).toMatchObject({ kind: "set", set: { member: step.member, status: "+D" } });
    }
  });

  test("a server that was started must answer, and its health checks must pass for a whole interval, before it serves", () => {
    const checked = { hcmethod: "TCP", hcinterval: seconds(7) } as const;
    const members = ARTICLE.members.map((member) => ({ ...member, parameters: { ...member.parameters, ...checked } }));
    const { topology, cluster } = withCluster({ ...ARTICLE, members });
    const steps = stepsOf(runbook(topology, cluster, { kind: "rolling-restart", members: ["node1"] }));
    const started = steps.findIndex((step) => step.kind === "backend" && step.action === "start");
    expect(steps.slice(started + 1)).toMatchObject([
      { kind: "await-answer" },
      { kind: "await-ok", without: "CE", steady: 8 },
      { kind: "set", set: { status: "-D" } },
      { kind: "set", set: { status: "-N" } },
      { kind: "await-ok", without: "CEUDSN", steady: 8 },
    ]);
  });

  test("with nofailover, sessions of a member that is out are let go elsewhere, and the setting comes back last", () => {
    const { topology, cluster } = article({ nofailover: true });
    const book = runbook(topology, cluster, { kind: "rolling-restart", members: ["node1", "node2"] });
    const steps = stepsOf(book);
    expect(steps[0]).toMatchObject({ set: { nofailover: false }, inverse: { nofailover: true } });
    expect(steps.at(-1)).toMatchObject({ set: { nofailover: true }, restores: true });
    expect(book.undo.at(-1)).toMatchObject({ set: { nofailover: true } });
    expect(book.notes.join(" ")).toContain("lose what they held");
  });

  test("the stages of a weight shift say what each really gives", () => {
    const { topology, cluster } = withCluster({
      name: "c",
      members: [{ url: "http://a.test:1" }, { url: "http://b.test:1" }],
    });
    const [, b = ""] = cluster.members.map(({ name }) => name);
    const { steps } = runbook(topology, cluster, { kind: "shift-weights", weights: { [b]: 9 }, stages: [1, 50] });
    const shares = steps.filter(({ step }) => step.kind === "look").map(({ serving }) => serving[1]?.share);
    expect(shares).toEqual([1.08 / 2.08, 5 / 6, 9 / 10].map((share) => expect.closeTo(share, 10) as number));
  });

  test.each([
    { operation: { kind: "drain", members: ["node9"] }, says: "did you mean" },
    { operation: { kind: "promote", members: ["node1"] }, says: "an active member" },
    { operation: { kind: "shift-weights", weights: { node1: 200 } }, says: "loadfactor of member" },
    { operation: { kind: "shift-weights", weights: { node1: 2 }, stages: [50, 10] }, says: "rising percentages" },
    { operation: { kind: "add", url: "http://node4.test:8080" }, says: "growth of cluster" },
    { operation: { kind: "drain", members: ["node1", "node2", "node3"] }, says: "nobody left to serve requests" },
    { operation: { kind: "emergency", members: ["node1", "node2", "node3"] }, says: "nobody left to serve requests" },
  ] as readonly { operation: Operation; says: string }[])("$operation is refused: $says", ({ operation, says }) => {
    const { topology, cluster } = article();
    expect(() => runbook(topology, cluster, operation)).toThrow(ProblemError);
    expect(() => runbook(topology, cluster, operation)).toThrow(says);
  });

  test.each(["node2", "http://node2.test:8080", "node2.test:8080"])("%s names the member", (word) => {
    const { topology, cluster } = article();
    const [first] = stepsOf(runbook(topology, cluster, { kind: "drain", members: [word] }));
    expect(first).toMatchObject({ set: { member: "node2", status: "+N" } });
  });
});

describe("a layout that refuses sessions before anything is done", () => {
  const own = withCluster({
    name: "c",
    parameters: { stickysession: "SID", nofailover: true },
    members: [
      { name: "n1", url: "http://n1.test:8080", parameters: { route: "a" } },
      { name: "n2", url: "http://n2.test:8080", parameters: { route: "b" } },
      { name: "n3", url: "http://n3.test:8080", parameters: { route: "c", status: "+D" } },
    ],
  });

  test.each<Operation>([
    { kind: "drain", members: ["n1"] },
    { kind: "rolling-restart", members: ["n1", "n2"] },
    { kind: "shift-weights", weights: { n1: 3 } },
  ])("$kind is printed, and says whose sessions go on to be refused", (operation) => {
    const book = runbook(own.topology, own.cluster, operation);
    expect(book.steps.length).toBeGreaterThan(0);
    expect(book.notes.join(" ")).toContain("httpd refuses sessions of c before the first step already");
  });

  test("what would refuse others is refused all the same", () => {
    const operation: Operation = { kind: "drain", members: ["n1", "n2"] };
    expect(() => runbook(own.topology, own.cluster, operation)).toThrow(ProblemError);
  });
});

describe("a runbook as a checklist", () => {
  test.each(OPERATIONS)(
    "$kind fits a terminal of 80 columns and says who serves only where that changes",
    (operation) => {
      const { topology, cluster } = article({ growth: 3 });
      const book = runbook(topology, cluster, operation);
      const lines = runbookText(book, 80).split("\n");
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      const said = runbookText(book).match(/from here on: .*/g) ?? [];
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((words, place) => words === said[place - 1])).toEqual([]);
      for (const [place, step] of stepsOf(book).entries())
        expect(runbookText(book)).toContain(`${place + 1}. ${step.text}`);
    },
  );

  test("members named by their URL are called by host and port", () => {
    const members = ["http://a.test:80", "http://b.test:80"].map((url) => ({ name: url, url }));
    const { topology, cluster } = withCluster({ name: "c", members });
    const text = runbookText(runbook(topology, cluster, { kind: "drain", members: ["http://a.test:80"] }));
    expect(text).toContain("1. drain a.test:80: no new requests");
    expect(text).not.toContain("http://");
  });
});
