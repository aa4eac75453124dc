import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Engine from "../core/model/engine.js";
import type * as Byrequests from "../core/model/lbmethods/byrequests.js";
import type * as Run from "../core/model/run.js";
import type { Scenario, Step } from "../core/scenario/scenario.js";
import type { Cluster, Topology } from "../core/topology/topology.js";
import { millis, seconds } from "../core/vocabulary/duration.js";
import { judge, measurePairs } from "./pairs.js";

// The model against the same loop in C, each timed inside its own process; then a day of traffic, and large counts.

/** A module as it is shipped, or its source when nothing is built: loaders of sources slow calls between modules down. */
function load(path: string): unknown {
  const built = join(__dirname, "../dist", `${path}.js`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the path is known only now
  return require(existsSync(built) ? built : join(__dirname, "..", `${path}.ts`));
}

const { initialState, LIKELIEST, modelBalancer } = load("core/model/engine") as typeof Engine;
const { byrequests } = load("core/model/lbmethods/byrequests") as typeof Byrequests;
const { runScenario } = load("core/model/run") as typeof Run;

function clusterOf(count: number): Cluster {
  const members = Array.from({ length: count }, (_, index) => ({
    name: `node${index}`,
    url: `http://node${index}`,
    parameters: { loadfactor: (100 + ((index * 37) % 900)) / 100, retry: seconds(10) },
  }));
  return { name: "bench", parameters: {}, members };
}

function topologyOf(cluster: Cluster): Topology {
  return { httpd: "2.4.71", clusters: [cluster], servers: [], healthCheckTemplates: [], healthCheckExpressions: [] };
}

/** Rounds beside the compiled loop. */
const ROUNDS = 5;
/** Nanoseconds of one election and a checksum of the picks; the best of many short rounds, as in C. */
function modelElections(count: number, elections: number): { readonly time: number; readonly sum: number } {
  const balancer = modelBalancer(clusterOf(count));
  let time = Infinity;
  let sum = 0;
  for (let round = 0; round < 40; round++) {
    const state = initialState(balancer);
    for (let index = 0; index < count; index++) state.lbfactor[index] = 100 + ((index * 37) % 900);
    sum = 0;
    const from = process.hrtime.bigint();
    for (let election = 0; election < elections; election++) {
      const member = byrequests.find(state, LIKELIEST);
      sum = (Math.imul(sum, 31) + (state.lbfactor[member] ?? 0)) >>> 0;
    }
    time = Math.min(time, Number(process.hrtime.bigint() - from) / elections);
  }
  return { time, sum };
}

function compiledLoop(folder: string): string | undefined {
  const program = join(folder, "election");
  try {
    execFileSync("cc", ["-O2", "-o", program, join(__dirname, "model", "election.c")], { stdio: "ignore" });
    return program;
  } catch {
    return undefined;
  }
}

function benchElections(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-model-"));
  try {
    const program = compiledLoop(folder);
    for (const count of [3, 10, 100, 1000]) {
      const elections = Math.ceil(400_000 / (count + 10));
      if (program === undefined) {
        const { time } = modelElections(count, elections);
        console.log(`     one election, ${count} members: ${time.toFixed(1)} ns (no C compiler to compare with)`);
        continue;
      }
      const expected = modelElections(count, elections).sum;
      const compiled = (): number => {
        const words = execFileSync(program, [String(count), String(elections)], { encoding: "utf8" })
          .trim()
          .split(" ");
        if (Number(words[1]) !== expected) throw new Error(`model and C elect differently with ${count} members`);
        return Number(words[0]);
      };
      const { ratio, ours } = measurePairs(() => modelElections(count, elections).time, compiled, ROUNDS);
      judge(`one election, ${count} members, over the same loop in C`, ratio, 1.2, `${ours.toFixed(1)} ns`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A day at 1,000 requests a second; every hour a member fails for 20 minutes. */
function day(cluster: Cluster): Scenario {
  const steps: Step[] = [];
  for (let second = 0; second < 86_400; second++) {
    const victim = cluster.members[Math.floor(second / 3600) % cluster.members.length]?.name ?? "";
    if (second % 3600 === 1200) steps.push({ stop: [victim] });
    if (second % 3600 === 2400) steps.push({ start: [victim] });
    steps.push({ request: { count: 1000 } }, { wait: seconds(1) });
  }
  return { steps };
}

/** Time this process works, so that others on the machine do not count. */
function timed(name: string, bar: number, unit: "s" | "ms", run: () => number, expected: number): void {
  const from = process.cpuUsage();
  const requests = run();
  const { user, system } = process.cpuUsage(from);
  const time = (user + system) / (unit === "s" ? 1e6 : 1e3);
  if (requests !== expected) throw new Error(`${name}: ${requests} requests were counted, not ${expected}`);
  judge(`${name}, ${unit}`, time, bar);
}

function requestsOf(cluster: Cluster, scenario: Scenario): number {
  const { steps } = runScenario(topologyOf(cluster), scenario, { picks: 0 });
  return steps.reduce((sum, { answers }) => sum + Object.values(answers).reduce((all, count) => all + count, 0), 0);
}

benchElections();
for (const count of [3, 10]) {
  const cluster = clusterOf(count);
  const scenario = day(cluster);
  timed(`a day at 1,000 requests/s, ${count} members`, 10, "s", () => requestsOf(cluster, scenario), 86_400_000);
}
const trillion: Scenario = { steps: [{ request: { count: 1e12 } }] };
timed("10^12 requests counted, 10 members", 100, "ms", () => requestsOf(clusterOf(10), trillion), 1e12);
/** A request a millisecond, with a member that is tried again every ten seconds and refuses. */
const everyMillisecond: Scenario = {
  steps: [
    { request: { count: 1e8, every: millis(1) } },
    { stop: ["node0"] },
    { request: { count: 1e8, every: millis(1) } },
  ],
};
timed(
  "2 * 10^8 requests, one a millisecond, one of 3 down",
  10,
  "s",
  () => requestsOf(clusterOf(3), everyMillisecond),
  2e8,
);
