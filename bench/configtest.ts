import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, measurePairs, processSeconds, PROGRAM, programSeconds } from "./pairs.js";

/** Whole processes: `apache2 -t` and `httpd-balancer configtest` on the same file, in one run. */
const APACHE = "/usr/sbin/apache2";
const MODULES = "mpm_event authz_core slotmem_shm proxy proxy_http proxy_balancer lbmethod_byrequests".split(" ");
const ROUNDS = 5;

function configuration(clusters: number): string {
  const head = `ServerName x\nErrorLog /dev/null\n${MODULES.map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join("")}`;
  const blocks = Array.from({ length: clusters }, (_, cluster) => {
    const members = Array.from({ length: 10 }, (_unused, member) => {
      const host = `app${member}.cluster${cluster}.example.internal`;
      return `  BalancerMember http://${host}:8080 loadfactor=${1 + member} retry=10 route=node${member}\n`;
    });
    return `<Proxy balancer://cluster${cluster}>\n${members.join("")}  ProxySet lbmethod=byrequests\n</Proxy>\n`;
  });
  return head + blocks.join("");
}

/** Peak memory of a process in bytes; undefined where `time` is not installed. */
function peakMemory(words: readonly string[]): number | undefined {
  const timed = spawnSync("/usr/bin/env", ["time", "-f", "%M", process.execPath, PROGRAM, ...words], {
    encoding: "utf8",
  });
  const kilobytes = /(\d+)\s*$/.exec(timed.stderr)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

function main(): void {
  if (!existsSync(APACHE)) {
    console.log(`configtest: skipped, ${APACHE} is missing`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-configtest-"));
  try {
    const file = (clusters: number): string => {
      const path = join(folder, `${clusters}.conf`);
      writeFileSync(path, configuration(clusters));
      return path;
    };
    const [tiny, small, large] = [file(1), file(1_000), file(10_000)];
    const ours = (path: string) => (): number => programSeconds(["configtest", path]);
    const theirs = (): number => processSeconds(APACHE, ["-t", "-d", "/usr/lib/apache2", "-f", small]);
    const beside = measurePairs(ours(small), theirs, ROUNDS);
    const ms = (seconds: number): string => `${Math.round(seconds * 1_000)} ms`;
    judge(
      "configtest of 10,000 members over apache2 -t, processes",
      beside.ratio,
      2,
      `${ms(beside.ours)} beside ${ms(beside.theirs)}`,
    );
    const over = (path: string): number => measurePairs(ours(path), ours(tiny), ROUNDS).ours;
    const start = measurePairs(ours(tiny), ours(tiny), ROUNDS).ours;
    const growth = (over(large) - start) / (over(small) - start) / 10;
    judge("configtest of 100,000 members over ten times 10,000, start-up taken off", growth, 1.5);
    const [least, most] = [peakMemory(["configtest", tiny]), peakMemory(["configtest", small])];
    if (least === undefined || most === undefined) return;
    judge("configtest's peak memory over Node's own, times the file", (most - least) / statSync(small).size, 20);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
