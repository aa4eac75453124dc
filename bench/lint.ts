import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configtest } from "../core/conf/configtest.js";
import { NO_FILES } from "../core/conf/reader.js";
import { lintConf } from "../core/lint/lint-conf.js";
import { rulesOf } from "../core/lint/presets.js";

const CLUSTERS = 1_000;
const MEMBERS = 10;
const BAR = 3;
/** A pass more over all members would be 10; collecting the garbage of ten times the members takes some. */
const LINEAR = 2;
const RUNS = 5;

function conf(clusters: number): string {
  const numbers = Array.from({ length: clusters }, (_, number) => number);
  const blocks = numbers.map((number) => {
    const members = Array.from({ length: MEMBERS }, (_, member) => {
      const url = `http://10.${number >> 8}.${number & 255}.${member + 1}:8080`;
      return `    BalancerMember ${url} loadfactor=${member + 1} retry=10 route=n${member + 1}`;
    });
    return [`<Proxy balancer://c${number}>`, ...members, "    ProxySet stickysession=SHOPID", "</Proxy>"].join("\n");
  });
  const mounts = numbers.map(
    (number) => `ProxyPass /app${number} balancer://c${number}\nProxyPassReverse /app${number} balancer://c${number}`,
  );
  return `${[...blocks, ...mounts].join("\n")}\n`;
}

/** Fastest of several runs, seconds. */
function fastest(run: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...times);
}

const folder = mkdtempSync(join(tmpdir(), "bench-lint-"));
try {
  const text = conf(CLUSTERS);
  const file = join(folder, "httpd.conf");
  writeFileSync(file, text);
  const program = join(__dirname, "../dist/cli/main.js");
  const whole = (command: string) => () => {
    execFileSync(process.execPath, [program, command, file], { stdio: "ignore" });
  };
  const processes = fastest(whole("lint")) / fastest(whole("configtest"));
  console.log(
    `lint over configtest, ${CLUSTERS * MEMBERS} members, processes: ${processes.toFixed(2)} (${BAR.toFixed(2)})`,
  );

  const options = (given: string) => ({ path: "httpd.conf", text: given, reader: NO_FILES });
  const rules = rulesOf(["strict"]);
  const tested = fastest(() => configtest(options(text)));
  const linted = fastest(() => lintConf(options(text), rules));
  const ruleless = fastest(() => lintConf(options(text), []));
  // In one warm process configtest is all but free: what is left is reading the file into a topology.
  console.log(`lint over configtest, every rule, calls: ${(linted / tested).toFixed(2)} (no bar)`);
  console.log(`${rules.length} rules over none: ${(linted / ruleless).toFixed(2)} (no bar)`);

  const tenth = fastest(() => lintConf(options(conf(CLUSTERS / 10)), rules));
  const growth = linted / tenth / 10;
  console.log(`lint of ten times the members over ten times the time: ${growth.toFixed(2)} (${LINEAR.toFixed(2)})`);
  process.exitCode = processes <= BAR && growth <= LINEAR ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
