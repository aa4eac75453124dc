import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whole processes: `apache2 -t` and `httpd-balancer configtest` on the same file, in one run. */
const APACHE = "/usr/sbin/apache2";
const PROGRAM = join(__dirname, "..", __dirname.endsWith(join("dist", "bench")) ? "cli/main.js" : "dist/cli/main.js");
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

interface Run {
  readonly seconds: number;
  /** Peak memory, bytes. */
  readonly memory: number;
}

function run(program: string, words: readonly string[]): Run {
  const timed = spawnSync("/usr/bin/env", ["time", "-f", "%M", program, ...words], { encoding: "utf8" });
  const memory = Number(/(\d+)\s*$/.exec(timed.stderr)?.[1] ?? "0") * 1_024;
  const started = process.hrtime.bigint();
  const plain = spawnSync(program, words, { stdio: "ignore" });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (plain.status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${plain.status}`);
  return { seconds, memory };
}

function best(program: string, words: readonly string[]): Run {
  const runs = Array.from({ length: ROUNDS }, () => run(program, words));
  return {
    seconds: Math.min(...runs.map((one) => one.seconds)),
    memory: Math.min(...runs.map((one) => one.memory)),
  };
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
    const ours = (path: string): Run => best(process.execPath, [PROGRAM, "configtest", path]);
    const start = ours(tiny);
    const mine = ours(small);
    const mineLarge = ours(large);
    const theirs = best(APACHE, ["-t", "-d", "/usr/lib/apache2", "-f", small]);
    const size = statSync(small).size;
    const growth = (mineLarge.seconds - start.seconds) / (mine.seconds - start.seconds);
    const ms = (seconds: number): string => `${Math.round(seconds * 1_000)} ms`;
    console.log(
      `configtest: 10,000 members, ${Math.round(size / 1_000)} kB, ${ms(mine.seconds)} beside ${ms(theirs.seconds)} of apache2 -t: ` +
        `${(mine.seconds / theirs.seconds).toFixed(2)} (4)`,
    );
    console.log(`configtest: 100,000 members over 10,000, start-up taken off: ${growth.toFixed(1)} (10 is linear)`);
    if (mine.memory > 0) {
      const share = (mine.memory - start.memory) / size;
      console.log(`configtest: peak memory over Node's own, times the file: ${share.toFixed(1)} (20)`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
