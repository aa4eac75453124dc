import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommand } from "../support/command.js";
import { component, describeReal } from "../support/real.js";

const MEMBERS = "<Proxy balancer://backend>\nBalancerMember http://h:1\nBalancerMember http://h:2\n</Proxy>\n";
const ALL = "ProxyPass / balancer://backend/\n";

/** What a file says, and a line of what it becomes. */
const ADOPTED: readonly (readonly [what: string, conf: string, line: RegExp])[] = [
  [
    "a log of what TLS agreed on",
    `${MEMBERS}${ALL}CustomLog /dev/null "%{SSL_PROTOCOL}x"\n`,
    /^LoadModule ssl_module /m,
  ],
  [
    "a filter of another module",
    `${MEMBERS}${ALL}AddOutputFilterByType DEFLATE text/html\n`,
    /^LoadModule deflate_module /m,
  ],
  [
    "a password for some paths",
    `${MEMBERS}${ALL}<Location /in>\nAuthType Basic\nAuthName in\nAuthUserFile /dev/null\nRequire valid-user\n</Location>\n`,
    /^LoadModule authz_user_module /m,
  ],
  [
    "a standby beside actives that are all disabled",
    `${MEMBERS.replace("h:1", "h:1 status=+D").replace("h:2", "h:2 status=+H")}${ALL}`,
    /BalancerMember http:\/\/h:1 status=\+D$/m,
  ],
  [
    "a balancer that a rule alone leads to",
    `${MEMBERS}RewriteEngine On\nRewriteRule ^/(.*) balancer://backend/$1 [P]\n`,
    /RewriteRule \^\/\(\.\*\) balancer:\/\/backend\/\$1 \[P\]$/m,
  ],
];

/** What the real httpd says to a file, in a folder of its own. */
function configurationTest(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "adopted-"));
  try {
    const file = join(folder, "httpd.conf");
    const own = /^(?:ServerRoot|DefaultRuntimeDir|PidFile|ErrorLog|CustomLog \/var\S*) .*\n/gm;
    const frame = `ServerRoot "${folder}"\nPidFile "${folder}/pid"\nErrorLog "${folder}/log"\nServerName x\n`;
    writeFileSync(file, frame + text.replace(own, ""));
    return spawnSync(component("apache2"), ["-t", "-f", file], { encoding: "utf8" }).stderr.trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeReal("what import and render make of a file", ["apache2"], () => {
  it.each(ADOPTED)("%s: is kept, and the real httpd takes it", { timeout: 180_000 }, async (_, conf, line) => {
    const spec = await runCommand(["import", "httpd.conf", "--to", "yaml", "--out", "s.yaml"], { "httpd.conf": conf });
    expect(spec.status, spec.stderr).toBe(0);
    const { status, files, stderr } = await runCommand(["render", "s.yaml", "--out", "out"], spec.files);
    expect(status, stderr).toBe(0);
    const text = Object.entries(files).find(([name]) => name.endsWith("/httpd.conf"))?.[1] ?? "";
    expect(text).toMatch(line);
    expect(configurationTest(text)).toBe("Syntax OK");
  });
});
