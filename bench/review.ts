import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, median, PROGRAM } from "./pairs.js";

const CLUSTERS = 1_000;
const MEMBERS = 10;
const RUNS = 3;

/** A spec of many clusters; those below `heavier` give their first member another weight. */
function spec(heavier: number): string {
  const members = (cluster: number): readonly string[] =>
    Array.from({ length: MEMBERS }, (_, number) => {
      const url = `http://10.${cluster >> 8}.${cluster & 255}.${number + 1}:8080`;
      const loadfactor = number === 0 && cluster < heavier ? 50 : number + 1;
      return `      node${number}: { url: ${url}, loadfactor: ${loadfactor}, retry: 10s, route: r${number} }`;
    });
  const numbers = Array.from({ length: CLUSTERS }, (_, number) => number);
  const clusters = numbers.flatMap((number) => [
    `  c${number}:`,
    "    stickysession: ID",
    "    maxattempts: 10",
    "    members:",
    ...members(number),
  ]);
  const mounts = numbers.map((number) => `      /app${number}: c${number}`);
  return ["clusters:", ...clusters, "servers:", "  web:", "    listen: [80]", "    mounts:", ...mounts, ""].join("\n");
}

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

/** One run of the built program; its peak memory is told by the process itself, as it ends. */
function cost(words: readonly string[]): Cost {
  const peak = "process.on('exit',()=>{require('fs').writeSync(2,`peak ${process.resourceUsage().maxRSS}\\n`)})";
  const start = process.hrtime.bigint();
  const { stderr, status } = spawnSync(
    process.execPath,
    [
      "--import",
      `data:text/javascript,import{createRequire}from"node:module";const require=createRequire("file:///");${encodeURIComponent(peak)}`,
      PROGRAM,
      ...words,
    ],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const kilobytes = Number(/peak ([0-9]+)/.exec(stderr)?.[1]);
  if (status !== 0) throw new Error(`review ended with ${status}: ${stderr}`);
  return { seconds, megabytes: kilobytes / 1024 };
}

const folder = mkdtempSync(join(tmpdir(), "bench-review-"));
try {
  const file = (heavier: number): string => {
    const path = join(folder, `spec${heavier}.yaml`);
    writeFileSync(path, spec(heavier));
    return path;
  };
  const words = (heavier: number): readonly string[] => [
    ...["review", file(0), file(heavier), "--fail-on", "nothing", "--format", "markdown"],
  ];
  const one = Array.from({ length: RUNS }, () => cost(words(1)));
  judge(
    `review of 1 changed cluster of ${CLUSTERS} x ${MEMBERS}, seconds`,
    median(one.map(({ seconds }) => seconds)),
    3,
  );
  judge("  its peak memory, MB", median(one.map(({ megabytes }) => megabytes)), 500);
  const many = cost(words(CLUSTERS / 2));
  judge(`review of ${CLUSTERS / 2} changed clusters of ${CLUSTERS}, seconds`, many.seconds, 30);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
