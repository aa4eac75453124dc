import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fixConf } from "../../../core/lint/fix.js";
import { RULES } from "../../../core/lint/rule-list.generated.js";
import { findHttpd } from "../../../live/program.js";
import type { HttpdProgram } from "../../../live/program.js";
import { describeReal } from "../../support/real.js";
import { alone } from "./examples.js";

const MODULES = [
  "mpm_event authn_core authn_file auth_basic authz_core authz_host authz_user access_compat headers env setenvif rewrite alias status info remoteip",
  "socache_shmcb ssl slotmem_shm proxy proxy_http proxy_ajp proxy_wstunnel proxy_balancer proxy_hcheck heartmonitor",
  "lbmethod_byrequests lbmethod_bytraffic lbmethod_bybusyness lbmethod_heartbeat",
].flatMap((names) => names.split(" "));

/** Programs that run at the same time. */
const AT_ONCE = 4;

interface Example {
  readonly name: string;
  readonly text: string;
}

/** Every example of every rule, and what becomes of the bad ones when they are fixed. */
const EXAMPLES: readonly Example[] = RULES.flatMap((rule) => [
  ...rule.bad.flatMap((text, index) => {
    const fixed = fixConf(alone(text), [rule], { unsafe: true }).texts.get("httpd.conf");
    const name = `${rule.id} bad ${index + 1}`;
    return [{ name, text }, ...(fixed === undefined ? [] : [{ name: `${name} fixed`, text: fixed }])];
  }),
  ...rule.good.map((text, index) => ({ name: `${rule.id} good ${index + 1}`, text })),
]);

describeReal("examples on the real httpd", ["apache2"], () => {
  it("all pass apache2 -t, and so does what becomes of them when they are fixed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lint-examples-"));
    try {
      const program = findHttpd(process.env);
      writeFileSync(join(folder, "ca.crt"), "-----BEGIN CERTIFICATE-----\n");
      const refused: string[] = [];
      const waiting = EXAMPLES.map((example, index) => () => refusal({ program, folder, index }, example));
      const workers = Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          const said = await next();
          if (said !== undefined) refused.push(said);
        }
      });
      await Promise.all(workers);
      expect(refused).toEqual([]);
      expect(EXAMPLES.length).toBeGreaterThan(3 * 60);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

interface Run {
  readonly program: HttpdProgram;
  readonly folder: string;
  readonly index: number;
}

/** What `-t` says against an example. */
function refusal({ program, folder, index }: Run, { name, text }: Example): Promise<string | undefined> {
  const { path, moduleFolder, builtIn } = program;
  const own: readonly string[] = builtIn;
  const loads = MODULES.filter((module) => !own.includes(module)).map(
    (module) => `LoadModule ${module}_module "${moduleFolder}/mod_${module}.so"`,
  );
  const complete = /^LoadModule /m.test(text);
  const file = join(folder, `${index}.conf`);
  const frame = [`ServerRoot "${folder}"`, `ErrorLog "${folder}/error.log"`, "ServerName x", "Listen 127.0.0.1:20001"];
  const header = [...frame, ...(complete ? [] : loads)];
  const body = text
    .replaceAll("/etc/ssl/certs/ca-certificates.crt", join(folder, "ca.crt"))
    .replaceAll(" modules/mod_", ` ${moduleFolder}/mod_`);
  writeFileSync(file, `${header.join("\n")}\n${body}`);
  return new Promise((resolve) => {
    execFile(path, ["-t", "-f", file], { env: { LANG: "C" } }, (error, _stdout, stderr) => {
      resolve(error === null ? undefined : `${name}: ${stderr}`);
    });
  });
}
