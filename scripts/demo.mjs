// The demo: the article's balancers on a real httpd of this machine, a small node in the place of each member.
// `start` and `stop` are run by Terraform; `serve` is the process between them.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setTimeout as later } from "node:timers/promises";
import { ROOT } from "./setup.mjs";

const SELF = fileURLToPath(import.meta.url);
const RECORD = `${ROOT}run/demo.json`;
const LOG = `${ROOT}run/demo.log`;
const START_DEADLINE = 60_000;
const STOP_DEADLINE = 30_000;

const works = { start, stop, serve };
await works[process.argv[2]]();

/** Starts the process and returns when httpd answers. */
async function start() {
  if (readRecord() !== undefined) await stop();
  mkdirSync(`${ROOT}run`, { recursive: true });
  const log = openSync(LOG, "w");
  const child = spawn(process.execPath, [SELF, "serve"], { cwd: ROOT, detached: true, stdio: ["ignore", log, log] });
  child.unref();
  const started = await holdsWithin(START_DEADLINE, () => existsSync(RECORD) || child.exitCode !== null);
  if (started && existsSync(RECORD)) return;
  child.kill("SIGTERM");
  process.stderr.write(`${readFileSync(LOG, "utf8").trim()}\nThe demo did not start; see above.\n`);
  process.exitCode = 1;
}

/** Stops exactly the process that was started; a stale record is removed and nothing else. */
async function stop() {
  const record = readRecord();
  if (record === undefined) {
    process.stdout.write("The demo is not running; nothing had to be stopped.\n");
    return;
  }
  const { pid } = record;
  if (!isDemo(pid)) {
    process.stdout.write(`The demo had ended already (process ${pid} is not it); its record is removed.\n`);
    rmSync(RECORD, { force: true });
    return;
  }
  process.kill(pid, "SIGTERM");
  if (await holdsWithin(STOP_DEADLINE, () => !isDemo(pid))) {
    rmSync(LOG, { force: true });
    return;
  }
  process.stderr.write(`The demo, process ${pid}, does not end; end it with: kill -9 ${pid}\n`);
  process.exitCode = 1;
}

/** Serves until it is told to end. */
async function serve() {
  const require = createRequire(import.meta.url);
  const { App } = require("cdktf");
  const { ActivePassiveStack } = require("../dist/stacks/active-passive.js");
  const { openStage } = require("../dist/live/stage.js");
  const { renderedConf } = require("../dist/live/rendered-conf.js");
  const { findHttpd } = require("../dist/live/program.js");
  const app = new App({ outdir: `${ROOT}cdktf.demo.out`, stackTraces: false });
  const topology = new ActivePassiveStack(app, "demo").web.describe();
  const conf = renderedConf(topology);
  const stage = await openStage({ conf, topology, program: findHttpd(process.env) }).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  const names = topology.clusters.flatMap(({ members }) => members.map(({ name, url }) => [url, name]));
  const { address, port } = stage.called();
  const url = `http://${address}:${port}/`;
  const keepAlive = setInterval(() => undefined, 60_000);
  const end = async () => {
    clearInterval(keepAlive);
    await stage.close();
    rmSync(RECORD, { force: true });
    process.exit(0);
  };
  process.once("SIGTERM", () => void end());
  process.once("SIGINT", () => void end());
  // Whole or not at all: who waits for the record reads it at once.
  writeFileSync(`${RECORD}.new`, JSON.stringify({ pid: process.pid, url, names: Object.fromEntries(names) }));
  renameSync(`${RECORD}.new`, RECORD);
}

/** Who runs; a record that nobody can read says so little as none, and goes. */
function readRecord() {
  if (!existsSync(RECORD)) return undefined;
  try {
    const record = JSON.parse(readFileSync(RECORD, "utf8"));
    if (Number.isInteger(record?.pid)) return record;
  } catch {
    // It is no JSON.
  }
  process.stderr.write(`${RECORD} is damaged and is removed; if the demo still runs, end it by its process id.\n`);
  rmSync(RECORD, { force: true });
  return undefined;
}

/** True when the process is there and is this clone's demo: a process id may have been given to somebody else since. */
function isDemo(pid) {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).includes(`${SELF} serve`);
  } catch {
    return false;
  }
}

async function holdsWithin(deadline, condition) {
  const end = Date.now() + deadline;
  while (Date.now() < end) {
    if (condition()) return true;
    await later(50);
  }
  return condition();
}
