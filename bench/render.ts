import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, measurePairs, processSeconds, programSeconds } from "./pairs.js";

const CLUSTERS = 1_000;
const MEMBERS = 10;
const BAR_SECONDS = 0.6;
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

const folder = mkdtempSync(join(tmpdir(), "bench-render-"));
try {
  const file = join(folder, "spec.yaml");
  writeFileSync(file, spec());
  const out = join(folder, "out");
  const { ours, ratio } = measurePairs(
    () => programSeconds(["render", file, "--out", out]),
    () => processSeconds(process.execPath, ["-e", "0"]),
    RUNS,
  );
  judge(`render ${CLUSTERS} clusters x ${MEMBERS} members, seconds`, ours, BAR_SECONDS);
  console.log(`     render over an empty node process: ${ratio.toFixed(1)} (no bar)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
