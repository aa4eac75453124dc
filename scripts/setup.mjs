// What every script needs before the packages are there: only Node's own modules are imported here.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Root of the project; every command runs there. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Environment of every command: no telemetry, no version check, no terraform configuration that is not there. */
export function quietEnvironment(extra = {}) {
  const { TF_CLI_CONFIG_FILE: configuration, ...rest } = process.env;
  const kept = configuration !== undefined && existsSync(configuration) ? { TF_CLI_CONFIG_FILE: configuration } : {};
  return { ...rest, ...kept, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CI: "1", ...extra };
}

/** Runs a command quietly; output is kept for the case that it fails. */
export function run(command, words, { env = {}, timeout = 15 * 60_000 } = {}) {
  const started = Date.now();
  const result = spawnSync(command, words, {
    cwd: ROOT,
    env: quietEnvironment(env),
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    timeout,
  });
  const failure = result.error === undefined ? "" : `${command}: ${result.error.message}\n`;
  return {
    ok: result.status === 0,
    output: `${failure}${result.stdout ?? ""}${result.stderr ?? ""}`,
    seconds: (Date.now() - started) / 1_000,
  };
}

/** Runs a program of node_modules with this Node. */
export function runTool(path, words, options) {
  return run(process.execPath, [`node_modules/${path}`, ...words], options);
}

/** Starts a program of node_modules with this Node; its promise gives what `runTool` gives. */
export function startTool(path, words) {
  const started = Date.now();
  const child = spawn(process.execPath, [`node_modules/${path}`, ...words], { cwd: ROOT, env: quietEnvironment() });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve) => {
    child.once("error", ({ message }) => resolve({ ok: false, output: `${path}: ${message}\n`, seconds: 0 }));
    child.once("close", (status) => resolve({ ok: status === 0, output, seconds: (Date.now() - started) / 1_000 }));
  });
}

/** True when node_modules is missing or older than the lock file. */
export function dependenciesAreStale() {
  const installed = `${ROOT}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return true;
  return statSync(installed).mtimeMs < statSync(`${ROOT}package-lock.json`).mtimeMs;
}

/** Installs the packages of the lock file when they are not there yet. */
export function installDependencies() {
  const npm = process.env.npm_execpath;
  const words = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  return npm === undefined ? run("npm", words) : run(process.execPath, [npm, ...words]);
}

/** Does what `npm run build` does: TypeScript into dist/, the JSON Schemas that its modules judge by, the program. */
export function build() {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
  let seconds = 0;
  for (const command of scripts.build.split(" && ")) {
    const words = command.split(" ");
    const done =
      words[0] === "tsc" ? runTool("typescript/bin/tsc", words.slice(1)) : run(process.execPath, words.slice(1));
    seconds += done.seconds;
    if (!done.ok) return { ...done, seconds };
  }
  return { ok: true, output: "", seconds };
}

/** Ends the process with one clear sentence and what the failed command said. */
export function giveUp(sentence, output) {
  process.stderr.write(`${output.trimEnd()}\n\n${sentence}\n`);
  process.exit(1);
}

/** Does one piece of work and says so in one line; skipped when there is nothing to do. */
export function step(title, work, { failed }) {
  if (work === undefined) return;
  process.stdout.write(`${title} ... `);
  const { ok, output, seconds } = work();
  process.stdout.write(`${ok ? `done (${seconds.toFixed(1)} s)` : "failed"}\n`);
  if (!ok) giveUp(failed, output);
}
