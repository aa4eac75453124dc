import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testConf } from "../core/conf/run/configtest.js";
import { NO_FILES } from "../core/conf/run/reader.js";
import { lintConf } from "../core/lint/lint-conf.js";
import { rulesOf } from "../core/lint/presets.js";
import { judge, measurePairs, programSeconds, secondsOf } from "./pairs.js";

const CLUSTERS = 1_000;
const MEMBERS = 10;
const BAR = 2;
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

const folder = mkdtempSync(join(tmpdir(), "bench-lint-"));
try {
  const text = conf(CLUSTERS);
  const file = join(folder, "httpd.conf");
  writeFileSync(file, text);
  const whole = (command: string) => (): number => programSeconds([command, file]);
  const processes = measurePairs(whole("lint"), whole("configtest"), RUNS);
  judge(`lint over configtest, ${CLUSTERS * MEMBERS} members, processes`, processes.ratio, BAR);

  const options = (given: string) => ({ path: "httpd.conf", text: given, reader: NO_FILES });
  const rules = rulesOf(["strict"]);
  const call = (work: () => unknown) => (): number => secondsOf(() => void work());
  const linted = call(() => lintConf(options(text), rules));
  const overTest = measurePairs(
    linted,
    call(() => testConf(options(text))),
    RUNS,
  );
  const overNone = measurePairs(
    linted,
    call(() => lintConf(options(text), [])),
    RUNS,
  );
  // In one warm process configtest is all but free: what is left is reading the file into a topology.
  console.log(`     lint over configtest, every rule, calls: ${overTest.ratio.toFixed(2)} (no bar)`);
  console.log(`     ${rules.length} rules over none: ${overNone.ratio.toFixed(2)} (no bar)`);

  const small = conf(CLUSTERS / 10);
  const growth =
    measurePairs(
      linted,
      call(() => lintConf(options(small), rules)),
      RUNS,
    ).ratio / 10;
  judge("lint of ten times the members over ten times the time", growth, LINEAR);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
