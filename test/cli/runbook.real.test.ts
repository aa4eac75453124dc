import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { runbook } from "../../core/promises/runbook/runbook.js";
import { runbookScenario } from "../../core/promises/runbook/scenario.js";
import type { Operation } from "../../core/promises/runbook/operation.js";
import { buildTopology } from "../../core/topology/build.js";
import type { Cluster } from "../../core/topology/topology.js";
import { runbookShell } from "../../cli/runbook-shell.js";
import { readBalancers } from "../../live/balancer-manager.js";
import { findHttpd } from "../../live/program.js";
import { rehearse } from "../../live/rehearse.js";
import { renderedConf } from "../../live/rendered-conf.js";
import { openStage } from "../../live/stage.js";
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

const conf = renderedConf(topology);

const OPERATIONS: readonly Operation[] = [
  { kind: "drain", members: ["node2"] },
  { kind: "rolling-restart", members: ["node1", "node2", "node3"] },
  { kind: "shift-weights", weights: { node1: 3, node2: 2.5 } },
];

/** Short waits, so that a test is over soon; what they wait for is the same. */
const SHORT = { POLL: "0.2", QUIET: "1", DRAIN_LIMIT: "2" };

describeReal("runbooks on a real httpd", ["apache2"], () => {
  test.each(OPERATIONS)("no request is refused after any step of $kind", async (operation) => {
    const scenario = runbookScenario(topology, cluster, runbook(topology, cluster, operation));
    const { requests, agrees, failures } = await rehearse({
      conf,
      topology,
      scenario,
      program: findHttpd(process.env),
    });
    expect(requests.filter(({ real }) => real.status !== 200)).toEqual([]);
    expect({ agrees, failures }).toEqual({ agrees: true, failures: [] });
  });

  test.each([
    { operation: OPERATIONS[0] as Operation, statuses: [[], ["N", "D"], ["H"]], factors: [100, 500, 100] },
    { operation: OPERATIONS[1] as Operation, statuses: [[], [], ["H"]], factors: [100, 500, 100] },
    { operation: OPERATIONS[2] as Operation, statuses: [[], [], ["H"]], factors: [300, 250, 100] },
  ])("the shell script of $operation.kind does in balancer-manager what its steps say", async (row) => {
    const folder = mkdtempSync(join(tmpdir(), "runbook-"));
    const stage = await openStage({ conf, topology, program: findHttpd(process.env), managers: true });
    try {
      const members = cluster.members.map((member) => ({ ...member, url: stage.workerUrl(member.url as string) }));
      const script = join(folder, "runbook.sh");
      writeFileSync(script, runbookShell(topology, { ...cluster, members }, runbook(topology, cluster, row.operation)));
      const { address, port, path } = stage.managerOf();
      const journal = join(folder, "journal");
      const environment = {
        ...process.env,
        MANAGER: `http://${address}:${port}${path}`,
        SERVER: "true",
        JOURNAL: journal,
        ...SHORT,
      };
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
