import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { runbook } from "../../core/promises/runbook/runbook.js";
import { runbookScenario } from "../../core/promises/runbook/scenario.js";
import type { Operation, Runbook } from "../../core/promises/runbook/step.js";
import { buildTopology } from "../../core/topology/build.js";
import type { Cluster, Topology } from "../../core/topology/topology.js";
import { runScenario } from "../../core/model/run.js";
import { runbookShell } from "../../cli/runbook-shell.js";
import { readBalancers } from "../../live/balancer-manager.js";
import { findHttpd } from "../../live/program.js";
import { rehearse } from "../../live/rehearse.js";
import { openStage } from "../../live/stage.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

const topology = buildTopology({
  clusters: [
    {
      name: "mycluster",
      parameters: { stickysession: "JSESSIONID|jsessionid" },
      members: [
        { name: "node1", url: "http://node1.test:8080", parameters: { loadfactor: 1, route: "node1" } },
        { name: "node2", url: "http://node2.test:8080", parameters: { loadfactor: 5, route: "node2" } },
        { name: "node3", url: "http://node3.test:8080", parameters: { status: "+H", route: "node3" } },
      ],
    },
  ],
  servers: [
    {
      name: "web",
      listen: [{ port: 80 }],
      mounts: [{ path: "/", to: { kind: "cluster", cluster: "mycluster", path: "/" } }],
    },
  ],
});
const cluster = topology.clusters[0] as Cluster;

const OPERATIONS: readonly Operation[] = [
  { kind: "drain", member: "node2" },
  { kind: "rolling-restart", members: ["node1", "node2", "node3"] },
  { kind: "shift-weights", weights: { node1: 3, node2: 2.5 } },
];

const CONF = [
  "<Proxy balancer://mycluster>",
  "  BalancerMember http://localhost:8380",
  "  BalancerMember http://localhost:8580",
  "</Proxy>",
  "ProxyPass / balancer://mycluster/",
  "",
].join("\n");

function refused(played: Topology, book: Runbook): number {
  const { picks } = runScenario(played, runbookScenario(played, played.clusters[0] as Cluster, book));
  return picks.filter(({ status }) => status !== 200).length;
}

describe("runbook", () => {
  test.each(OPERATIONS)("no request is refused in the model after any step of $kind", (operation) => {
    expect(refused(topology, runbook(topology, cluster, operation))).toBe(0);
  });

  test.each(OPERATIONS)("every change of $kind has its inverse, which sets back just what it set", (operation) => {
    for (const { step } of runbook(topology, cluster, operation).steps) {
      if (step.kind !== "set") continue;
      expect(step.inverse.member).toBe(step.set.member);
      expect(Object.keys(step.inverse).sort()).toEqual(Object.keys(step.set).sort());
      expect(step.inverse).not.toEqual(step.set);
    }
  });

  test("draining the only member that can serve is refused with the step that would leave nobody", async () => {
    const conf = CONF.replace("  BalancerMember http://localhost:8580\n", "");
    const { status, stderr } = await runCommand(
      ["runbook", "drain", "httpd.conf", "--member", "http://localhost:8380"],
      { "httpd.conf": conf },
    );
    expect(status).toBe(2);
    expect(stderr).toContain("nobody left to serve requests");
  });

  test.each([
    [["drain", "httpd.conf"], "--member"],
    [["drain", "httpd.conf", "--member", "http://localhost:8381"], "did you mean 'http://localhost:8380'"],
    [["shift-weights", "httpd.conf", "--weight", "http://localhost:8380=200"], "loadfactor"],
    [["reboot", "httpd.conf"], "drain"],
  ])("bad usage %j is one sentence and exit status 2", async (words, sentence) => {
    const { status, stderr } = await runCommand(["runbook", ...words], { "httpd.conf": CONF });
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test("text, shell and JSON hold the same steps", async () => {
    const words = ["runbook", "rolling-restart", "httpd.conf"];
    const [text, sh, json] = await Promise.all(
      ["text", "sh", "json"].map(async (format) => runCommand([...words, "--format", format], { "httpd.conf": CONF })),
    );
    const { steps } = JSON.parse(json?.stdout ?? "") as Runbook;
    expect(steps).toHaveLength(18);
    for (const [index, { step }] of steps.entries()) {
      expect(text?.stdout).toContain(`${index + 1}. ${step.text}`);
      expect(sh?.stdout).toContain(`echo '${index + 1}. ${step.text}'`);
    }
  });
});

describeReal("runbooks on a real httpd", ["apache2"], () => {
  test.each(OPERATIONS)("no request is refused after any step of $kind", async (operation) => {
    const scenario = runbookScenario(topology, cluster, runbook(topology, cluster, operation));
    const { requests, agrees, failures } = await rehearse({ topology, scenario, program: findHttpd(process.env) });
    expect(requests.filter(({ real }) => real.status !== 200)).toEqual([]);
    expect({ agrees, failures }).toEqual({ agrees: true, failures: [] });
  });

  test.each([
    { operation: OPERATIONS[0] as Operation, statuses: [[], ["N", "D"], ["H"]], factors: [100, 500, 100] },
    { operation: OPERATIONS[1] as Operation, statuses: [[], [], ["H"]], factors: [100, 500, 100] },
    { operation: OPERATIONS[2] as Operation, statuses: [[], [], ["H"]], factors: [300, 250, 100] },
  ])("the shell script of $operation.kind does in balancer-manager what its steps say", async (row) => {
    const folder = mkdtempSync(join(tmpdir(), "runbook-"));
    const stage = await openStage({ topology, program: findHttpd(process.env) });
    try {
      const members = cluster.members.map((member) => ({ ...member, url: stage.workerUrl(member.url as string) }));
      const script = join(folder, "runbook.sh");
      writeFileSync(script, runbookShell({ ...cluster, members }, runbook(topology, cluster, row.operation)));
      const { address, port, path } = stage.managerOf();
      const environment = { ...process.env, MANAGER: `http://${address}:${port}${path}`, SERVER: "true" };
      await promisify(execFile)("sh", [script], { env: environment, timeout: 30_000 });
      const [balancer] = await readBalancers(stage.managerOf());
      const letters = ["N", "D", "H"] as const;
      expect(balancer?.workers.map(({ status }) => letters.filter((letter) => status.has(letter)))).toEqual(
        row.statuses,
      );
      expect(balancer?.workers.map(({ lbfactor }) => lbfactor)).toEqual(row.factors);
    } finally {
      await stage.close();
      rmSync(folder, { recursive: true });
    }
  });
});
