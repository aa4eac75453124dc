import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROUNDS = 15;
const BAR = 2;
const PROGRAM = join(__dirname, "../dist/cli/main.js");

/** Milliseconds of one run of Node. */
function time(words: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, words);
  if (status !== 0) throw new Error(`node ${words.join(" ")} ended with ${status}; run \`npm run build\` first`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The fastest run is the one least disturbed. */
const rounds = Array.from({ length: ROUNDS }, () => ({ ours: time([PROGRAM, "--version"]), node: time(["-e", "0"]) }));
const ours = Math.min(...rounds.map((round) => round.ours));
const node = Math.min(...rounds.map((round) => round.node));
console.log(`version: httpd-balancer --version / node -e 0: ${(ours / node).toFixed(2)} (bar ${BAR.toFixed(2)})`);
process.exitCode = ours / node <= BAR ? 0 : 1;
