import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLUSTERS = 1_000;
const MEMBERS = 10;
const BAR_SECONDS = 1;
const RUNS = 5;

function spec(): string {
  const members = (cluster: number): readonly string[] =>
    Array.from({ length: MEMBERS }, (_, number) => {
      const url = `http://10.${cluster >> 8}.${cluster & 255}.${number + 1}:8080`;
      return `      node${number}: { url: ${url}, loadfactor: ${number + 1}, retry: 10s, route: r${number} }`;
    });
  const numbers = Array.from({ length: CLUSTERS }, (_, number) => number);
  const clusters = numbers.flatMap((number) => [
    `  c${number}:`,
    "    stickysession: ID",
    "    members:",
    ...members(number),
  ]);
  const mounts = numbers.map((number) => `      /app${number}: c${number}`);
  return ["clusters:", ...clusters, "servers:", "  web:", "    listen: [80]", "    mounts:", ...mounts, ""].join("\n");
}

/** Fastest of several whole processes, seconds. */
function fastest(words: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = process.hrtime.bigint();
    execFileSync(process.execPath, words, { stdio: "ignore" });
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...times);
}

const folder = mkdtempSync(join(tmpdir(), "bench-render-"));
try {
  const file = join(folder, "spec.yaml");
  writeFileSync(file, spec());
  const program = join(__dirname, "../dist/cli/main.js");
  const seconds = fastest([program, "render", file, "--out", join(folder, "out")]);
  const empty = fastest(["-e", "0"]);
  const ratio = seconds / BAR_SECONDS;
  console.log(`render ${CLUSTERS} clusters x ${MEMBERS} members: ${ratio.toFixed(2)} of ${BAR_SECONDS} s (1.00)`);
  console.log(`render over an empty node process: ${(seconds / empty).toFixed(1)} (no bar)`);
  process.exitCode = ratio <= 1 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
