import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readBalancers } from "../../live/balancer-manager.js";
import type { LiveBalancer } from "../../core/host/live-state.js";
import type { ManagerAddress } from "../../live/balancer-manager.js";
import { makeChange } from "../../live/change.js";
import type { SetStep } from "../../core/scenario/steps.js";
import { startHttpd } from "../../live/httpd.js";
import { claimLoopback } from "../../live/ports.js";
import { findHttpd } from "../../live/program.js";
import { runCommand } from "./command.js";
import { startLoad } from "./load.js";
import type { LoadResult } from "./load.js";
import { slowNode } from "./slow-node.js";
import type { SlowNode } from "./slow-node.js";

/** One layout and one operation on it. */
export interface RunbookVariant {
  /** Parameters of each member, as written behind its URL. */
  readonly members: readonly string[];
  /** Servers that run and are no members yet; in `words` they come behind the members. @default 0 */
  readonly further?: number;
  /** Lines inside `<Proxy>`. */
  readonly settings?: readonly string[];
  /** Lines outside of it. */
  readonly head?: readonly string[];
  /** Changes that an operator made before, by number of the member. */
  readonly live?: readonly (SetStep & { readonly of: number })[];
  /** Words behind `runbook`; `M0`, `M1`, ... stand for the members' URLs. */
  readonly words: readonly string[];
  /** Every second client has a session of one of these routes. @default - none */
  readonly routes?: readonly string[];
  /** Calls the script again with the word `undo` afterwards. */
  readonly undo?: boolean;
  /** Milliseconds a server stays stopped. @default 0 */
  readonly down?: number;
  /** Changes of balancer-manager before the script, by curl's words. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface RunbookOutcome extends LoadResult {
  /** Exit statuses of the script. */
  readonly statuses: readonly number[];
  readonly output: string;
  /** Answers that a stopped server cut. */
  readonly cut: number;
  readonly before: LiveBalancer;
  readonly after: LiveBalancer;
}

const MODULES = [
  "unixd",
  "authz_core",
  "slotmem_shm",
  "watchdog",
  "proxy",
  "proxy_http",
  "proxy_balancer",
  "proxy_hcheck",
  "lbmethod_byrequests",
  "lbmethod_bybusyness",
] as const;

/** Short waits, so that a test is over soon; what they wait for is the same. */
const SHORT = { POLL: "0.2", SETTLE: "1", QUIET: "1", DRAIN_LIMIT: "1", IDLE_LIMIT: "20", OK_LIMIT: "20", LOOK: "1" };

/** Runs the printed script of an operation on a real httpd with several processes, under 8 clients with 250 ms answers. */
export async function runbookUnderLoad(variant: RunbookVariant): Promise<RunbookOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "runbook-load-"));
  const loopback = await claimLoopback();
  const { address } = loopback;
  const port = await loopback.freePort();
  const nodes = new Map<string, SlowNode>();
  for (let index = 0; index < variant.members.length + (variant.further ?? 0); index++) {
    const node = await slowNode(address, await loopback.freePort(), { answer: 250, start: 600 });
    nodes.set(`http://${address}:${node.port}`, node);
  }
  const urls = [...nodes.keys()];
  const conf = confOf(variant, urls);
  const httpd = await startHttpd({
    program: findHttpd(process.env),
    modules: MODULES,
    body: `${PROCESSES}Listen ${address}:${port}\n${conf}`,
  });
  const control = await controlServer(nodes, address, await loopback.freePort(), variant.down ?? 0);
  const load = startLoad({ address, port, clients: 8, headers: (client) => sessionOf(variant, client) });
  const manager: ManagerAddress = { address, port, path: "/balancer-manager" };
  const only = async (): Promise<LiveBalancer> => (await readBalancers(manager))[0] as LiveBalancer;
  try {
    await sleep(600);
    for (const { of, ...set } of variant.live ?? [])
      await makeChange({ manager, balancer: "mycluster", member: of }, set);
    const before = await only();
    const script = join(folder, "runbook.sh");
    const words = variant.words.map((word) => word.replace(/M(\d)/g, (_, index: string) => urls[Number(index)] ?? ""));
    const printed = await runCommand(["runbook", ...words, "--format", "sh", "httpd.conf"], { "httpd.conf": conf });
    if (printed.status !== 0) throw new Error(printed.stderr);
    writeFileSync(script, printed.stdout);
    const server = join(folder, "server.sh");
    writeFileSync(server, `curl -sf --data-urlencode "member=$2" "${control.url}/$1"\n`);
    const environment = {
      ...process.env,
      ...SHORT,
      MANAGER: `http://${address}:${port}/balancer-manager`,
      SERVER: `sh ${server}`,
      RELOAD: `kill -USR1 ${httpd.pid}`,
      JOURNAL: join(folder, "journal"),
      ...variant.environment,
    };
    const runs = [await run(script, [], environment)];
    if (variant.undo === true) runs.push(await run(script, ["undo"], environment));
    await sleep(600);
    const result = await load.end();
    const cut = [...nodes.values()].reduce((sum, node) => sum + node.cut(), 0);
    const output = runs.map((one) => one.output).join("");
    return { ...result, statuses: runs.map(({ status }) => status), output, cut, before, after: await only() };
  } finally {
    await load.end();
    control.server.close();
    control.server.closeAllConnections();
    await httpd.stop();
    for (const node of nodes.values()) node.close();
    await loopback.release();
    rmSync(folder, { recursive: true });
  }
}

/** More than one process: counters are shared between them. */
const PROCESSES = "ServerLimit 3\nStartServers 3\nThreadsPerChild 16\nMaxRequestWorkers 48\nMaxSpareThreads 48\n";

function confOf({ members, settings = [], head = [] }: RunbookVariant, urls: readonly string[]): string {
  const lines = members.map((parameters, index) => `  BalancerMember ${urls[index] ?? ""} ${parameters}`);
  return [
    ...head,
    "<Location /balancer-manager>",
    "  SetHandler balancer-manager",
    "</Location>",
    "<Proxy balancer://mycluster>",
    ...lines,
    ...settings.map((line) => `  ${line}`),
    "</Proxy>",
    "ProxyPass /balancer-manager !",
    "ProxyPass / balancer://mycluster/",
    "",
  ].join("\n");
}

function sessionOf({ routes = [] }: RunbookVariant, client: number): readonly string[] {
  if (routes.length === 0 || client % 2 === 0) return [];
  return [`Cookie: JSESSIONID=session${client}.${routes[((client - 1) / 2) % routes.length] ?? ""}`];
}

async function controlServer(
  nodes: ReadonlyMap<string, SlowNode>,
  address: string,
  port: number,
  down: number,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.once("end", () => {
      const node = nodes.get(new URLSearchParams(body).get("member") ?? "");
      if (node === undefined) {
        response.writeHead(404).end();
        return;
      }
      if (request.url === "/start") {
        node.start();
        response.end();
        return;
      }
      node.stop();
      setTimeout(() => response.end(), down);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return { server, url: `http://${address}:${port}` };
}

function run(
  script: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = execFile("sh", [script, ...words], { env, timeout: 280_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ status: code, output: `${stdout}${stderr}` });
    });
    child.stdin?.end();
  });
}
