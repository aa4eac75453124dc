import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderHttpdConf } from "../../core/render/httpd.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { Topology } from "../../core/topology/topology.js";
import { LAYOUTS } from "../../core/vocabulary/layouts.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { claimLoopback } from "../../live/ports.js";
import { COUNTING_PAGE, writeApplication } from "./application.js";
import type { JavaNode } from "./java-node.js";
import { playArticle } from "./play.js";
import type { PlayedRequest } from "./play.js";
import { tomcatNode } from "./tomcat.js";
import { wildflyNode } from "./wildfly.js";
import { plainText } from "../../core/host/forms/plain-text.js";

/** What the article is played with. */
export interface ArticleOptions {
  readonly server: "tomcat" | "wildfly";
  /** Folder with the server's files: Debian's packages unpacked, or WildFly's archive. */
  readonly root: string;
  /** httpd's program. */
  readonly httpd: string;
  readonly tell?: (request: PlayedRequest) => void;
  /** Told in words what goes on. */
  readonly say?: (sentence: string) => void;
}

/** The application servers; a new one is one entry. */
const NODES = { tomcat: tomcatNode, wildfly: wildflyNode } as const;

/**
 * The article on real servers: three nodes of one kind that copy their sessions, and a real httpd, all on a loopback
 * address of their own; everything that was started is ended.
 */
export async function stageArticle(options: ArticleOptions): Promise<readonly PlayedRequest[]> {
  const { server, root, httpd, tell, say = () => undefined } = options;
  const loopback = await claimLoopback();
  const folder = mkdtempSync(join(tmpdir(), "article-"));
  chmodSync(folder, 0o755);
  const started: JavaNode[] = [];
  let front: ChildProcess | undefined;
  try {
    writeApplication(join(folder, "demo"), server);
    const topology = articleTopology(server, loopback.address, join(folder, "demo"));
    const nodes = (topology.nodes ?? []).map((node) => NODES[server](topology, node, root, folder));
    // The standby first: those that start beside nobody have nobody to ask for sessions.
    for (const node of nodes.toReversed()) {
      started.push(node);
      await node.start();
      say(`${node.name} serves`);
    }
    front = startFront(topology, folder, httpd);
    const url = `http://${loopback.address}:8888${COUNTING_PAGE}`;
    await listens(`http://${loopback.address}:8888/nowhere`);
    say("httpd serves");
    return await playArticle({ topology, url, nodes, ...(tell === undefined ? {} : { tell }) });
  } finally {
    // By SIGTERM, as one that is killed leaves its children behind.
    if (front?.kill("SIGTERM") === true) await once(front, "exit");
    await Promise.all(started.map((node) => node.kill()));
    await loopback.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The article as it is printed: no routes, so that nothing sticks, one client goes from node to node in the weights'
 * order, and its session is on all of them.
 */
function articleTopology(server: ArticleOptions["server"], address: string, application: string): Topology {
  const node = (offset: number): string =>
    `{ server: ${server}, host: ${address}, portOffset: ${offset}, replicationGroup: sessions, application: ${application}, healthPath: ${COUNTING_PAGE} }`;
  const member = (port: number, more = ""): string =>
    `{ url: "http://${address}:${port}", retry: 10s, replicationGroup: sessions${more} }`;
  const reading = readSpec(
    `nodes:
  node1: ${node(300)}
  node2: ${node(500)}
  node3: ${node(400)}
replicationGroups:
  sessions: {}
clusters:
  mycluster:
    stickysession: JSESSIONID|jsessionid
    members:
      node1: ${member(8380, ", loadfactor: 1")}
      node2: ${member(8580, ", loadfactor: 5")}
      node3: ${member(8480, ", role: standby")}
servers:
  web: { listen: ["${address}:8888"], serverName: localhost, mounts: { /demo/: mycluster } }
`,
    "article.yaml",
  );
  if (!reading.ok) throw new Error(reading.problems.map(problemText).join("\n"));
  return reading.topology;
}

function startFront(topology: Topology, folder: string, httpd: string): ChildProcess {
  const own = join(folder, "httpd");
  mkdirSync(own);
  chmodSync(own, 0o777);
  const layout = {
    ...LAYOUTS.debian,
    serverRoot: own,
    pidFile: join(own, "httpd.pid"),
    runtimeFolder: own,
    errorLog: join(own, "error.log"),
    accessLog: join(own, "access.log"),
  };
  const [server] = topology.servers;
  if (server === undefined) throw new Error("the article has no server");
  const file = join(own, "httpd.conf");
  writeFileSync(file, plainText({ path: file, text: renderHttpdConf(topology, server, { layout }) }));
  const tested = spawnSync(httpd, ["-t", "-f", file], { encoding: "utf8" });
  if (tested.status !== 0) throw new Error(tested.stderr);
  return spawn(httpd, ["-f", file, "-DFOREGROUND"], { stdio: "ignore" });
}

async function listens(url: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await (await fetch(url, { headers: { connection: "close" } })).arrayBuffer();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
