import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readHttpdConf } from "../../../core/api/read-httpd-conf.js";
import { adoptJk } from "../../../core/mod-jk/adopt-jk.js";
import { entryOf, wayOf } from "../../../core/model/entry.js";
import { readProperties } from "../../../core/server-files/read-workers.js";
import type { Topology } from "../../../core/topology/topology.js";
import { claimLoopback } from "../../../live/ports.js";
import type { Loopback } from "../../../live/ports.js";
import { createStubNode } from "../../../live/stub-node.js";
import type { StubNode } from "../../../live/stub-node.js";
import { startHttpd, stopHttpd } from "../../../scripts/article/front.js";
import { MOD_JK } from "../../../scripts/article/unpack.js";
import { component } from "../../support/real.js";
import { describeUnpacked } from "../../support/unpacked.js";
import { sandbox } from "../render/real-httpd.js";
import type { Sandbox } from "../render/real-httpd.js";

/** The lines of one virtual host each, and what they are about. */
const CASES = {
  "one path": "JkMount /app shop",
  "a path and what is below it": "JkMount /app|/* shop",
  "what is below a path only": "JkMount /app/* shop",
  "a beginning": "JkMount /app* shop",
  "an ending": "JkMount /*.jsp shop",
  "one character": "JkMount /a?p/* shop",
  "everything, and more exactly another": "JkMount /* shop\nJkMount /app/* cart",
  "the same in the other order": "JkMount /app/* cart\nJkMount /* shop",
  "an ending beside a deeper path": "JkMount /*.jsp cart\nJkMount /app/* shop",
  "a long shallow pattern beside a deeper one": "JkMount /app*.jsp cart\nJkMount /a*/i* shop",
  "an exact path beside a wildcard": "JkMount /app/x.jsp cart\nJkMount /app/* shop",
  "an exact path that is shorter": "JkMount /app cart\nJkMount /app* shop",
  "one pattern twice": "JkMount /app/* shop\nJkMount /app/* cart",
  "an exclusion": "JkMount /app/* shop\nJkUnMount /app/img/* shop",
  "an exclusion in front": "JkUnMount /app/img/* shop\nJkMount /app/* shop",
  "an exclusion of one path": "JkMount /app/* shop\nJkUnMount /app/x.jsp shop",
  "an exclusion by its ending": "JkMount /* shop\nJkUnMount /*.gif shop",
  "an exclusion of a worker that is not asked there": "JkMount /* shop\nJkMount /app/* cart\nJkUnMount /app/img/* shop",
  "an exclusion of the worker that is asked": "JkMount /* shop\nJkMount /app/* cart\nJkUnMount /app/img/* cart",
  "an exclusion by its ending of one of two": "JkMount /* shop\nJkMount /app/* cart\nJkUnMount /*.gif cart",
  "an exclusion of everything of one of two": "JkMount /* shop\nJkMount /app/* cart\nJkUnMount /* cart",
  "an exclusion of all workers": "JkMount /* shop\nJkMount /app/* cart\nJkUnMount /app/img/* *",
  "two exclusions of one pattern": "JkMount /* shop\nJkMount /app/* cart\nJkUnMount /*.gif cart\nJkUnMount /*.gif shop",
} as const;

const PATHS = [
  ...[
    "/",
    "/app",
    "/app/",
    "/apple",
    "/app/x.jsp",
    "/x.jsp",
    "/app/img/a.gif",
    "/app/img/",
    "/a.gif",
    "/abp/x",
    "/other",
  ],
  ...["/app/img/deep/x.jsp", "/app/x%2ejsp", "/app//img/a.gif", "/app/x.jsp?q=/app/img/a.gif", "/ap"],
];

/** Who answers each path: a worker of mod_jk, or nobody. */
type Told = Readonly<Record<string, string>>;

describeUnpacked("the patterns of JkMount and JkUnMount", [MOD_JK.package], ["apache2"], (packages) => {
  let box: Sandbox;
  let loopback: Loopback;
  let nodes: readonly StubNode[] = [];
  let httpd: ChildProcess | undefined;
  let origin: string;
  let adopted: Topology;

  beforeAll(async () => {
    box = sandbox();
    loopback = await claimLoopback();
    nodes = await Promise.all(["shop", "cart"].map((name) => createStubNode(name, loopback, { scheme: "ajp" })));
    await Promise.all(nodes.map((node) => node.start()));
    const port = await loopback.freePort();
    origin = `http://${loopback.address}:${port}`;
    const workers = ["worker.list=shop,cart"].concat(
      ...nodes.map(({ name, authority }) => {
        const [host = "", own = ""] = authority.split(":");
        const lines = [`type=lb`, `balance_workers=of-${name}`].map((line) => `worker.${name}.${line}`);
        return [...lines, ...[`host=${host}`, `port=${own}`, "type=ajp13"].map((line) => `worker.of-${name}.${line}`)];
      }),
    );
    const workersFile = join(box.folder, "workers.properties");
    writeFileSync(workersFile, `${workers.join("\n")}\n`);
    const conf = [
      "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so",
      "LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so",
      `LoadModule jk_module ${join(packages, MOD_JK.module)}`,
      `PidFile ${box.layout.pidFile}`,
      `DefaultRuntimeDir ${box.folder}`,
      `ErrorLog ${box.layout.errorLog}`,
      `JkWorkersFile ${workersFile}`,
      `JkShmFile ${box.folder}/jk.shm`,
      `JkLogFile ${box.folder}/jk.log`,
      "ServerName localhost",
      `Listen ${loopback.address}:${port}`,
      ...Object.values(CASES).map(
        (lines, index) =>
          `<VirtualHost ${loopback.address}:${port}>\nServerName case${index}\n${lines}\n</VirtualHost>`,
      ),
    ].join("\n");
    httpd = await startHttpd(component("apache2"), join(box.folder, "httpd.conf"), `${conf}\n`, origin);
    const read = readHttpdConf(conf);
    if (!read.ok) throw new Error(JSON.stringify(read.refusal));
    adopted = adoptJk(read.topology, readProperties(workers.join("\n"))).topology;
  });

  afterAll(async () => {
    if (httpd !== undefined) await stopHttpd(httpd);
    await Promise.all(nodes.map((node) => node.stop()));
    await loopback.release();
    box.remove();
  });

  /** By a client that sends the path as it is, and a name of its own. */
  async function answeredBy(host: string, path: string): Promise<string | undefined> {
    const { hostname, port } = new URL(origin);
    const asked = get({ hostname, port, path, headers: { host }, agent: false });
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    const node = answer.headers["x-stub-node"];
    return typeof node === "string" ? node : undefined;
  }

  async function real(host: string): Promise<Told> {
    const told: Record<string, string> = {};
    for (const path of PATHS) {
      told[path] = (await answeredBy(host, path)) ?? "nobody";
    }
    return told;
  }

  function read(host: string): Told {
    return Object.fromEntries(
      PATHS.map((path) => {
        const way = wayOf(adopted, { path, host });
        if (way === undefined) throw new Error("there is no server");
        const entry = entryOf(adopted, way);
        return [path, entry.kind === "cluster" ? entry.seen.cluster.name : "nobody"];
      }),
    );
  }

  test.each(Object.keys(CASES).map((title, index) => [title, `case${index}`]))("%s", async (_, host) => {
    expect(read(host)).toEqual(await real(host));
  });
});
