import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { holdsWithin } from "../../live/poll.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

interface Document {
  readonly agrees: boolean;
  readonly failures: readonly unknown[];
  readonly rewired: readonly {
    readonly line: number;
    readonly about: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly picks: readonly {
    readonly member: string | null;
    readonly status: number;
    readonly agrees: boolean;
    readonly model: { readonly member: string | null; readonly status: number };
  }[];
}

const PROJECT = join(__dirname, "../..");

const RW = `<Proxy balancer://rw>
  BalancerMember http://a:1 retry=1
  BalancerMember http://b:1 retry=1
</Proxy>
<Proxy balancer://other>
  BalancerMember http://c:1
</Proxy>
`;

async function rehearsed(conf: string, steps: string): Promise<Document> {
  const files = { "httpd.conf": conf, "scenario.yaml": `steps:\n${steps}` };
  const result = await runCommand(["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json"], files);
  expect(result.stdout, result.stderr).not.toBe("");
  return JSON.parse(result.stdout) as Document;
}

describeReal("rehearse plays the user's own file", ["apache2"], () => {
  it.each([
    {
      kind: "a LocationMatch that is compared as a prefix",
      conf: `${RW}<LocationMatch "^/m">\n  ProxyPass balancer://rw\n</LocationMatch>\n`,
      paths: ["/m/k", "/n"],
      answers: ["404", "404"],
    },
    {
      kind: "rewriting with conditions",
      conf: `${RW}RewriteEngine On\nRewriteCond %{REQUEST_URI} !^/static\nRewriteRule ^/(.*) balancer://rw/$1 [P]\n`,
      paths: ["/x", "/static/y"],
      answers: ["http://a:1", "404"],
    },
    {
      kind: "access",
      conf: `${RW}<Proxy *>\n  Require all denied\n</Proxy>\nProxyPass / balancer://rw/\n`,
      paths: ["/x"],
      answers: ["403"],
    },
    {
      kind: "a redirect in a Location",
      conf: `${RW}<Location /old>\n  Redirect /new\n</Location>\nProxyPass / balancer://rw/\n`,
      paths: ["/old", "/x"],
      answers: ["302", "http://a:1"],
    },
    {
      kind: "no-proxy",
      conf: `${RW}SetEnvIf Request_URI ^/n no-proxy\nProxyPass / balancer://rw/\n`,
      paths: ["/n", "/x"],
      answers: ["404", "http://a:1"],
    },
    {
      kind: "virtual hosts by address: the exact one wins",
      conf: `Listen 80
${RW}<VirtualHost *:80>
  ProxyPass / balancer://rw/
</VirtualHost>
<VirtualHost 127.0.0.1:80>
  ProxyPass / balancer://other/
</VirtualHost>
<VirtualHost 10.0.0.7:80>
  ProxyPass / balancer://rw/
</VirtualHost>
`,
      paths: ["/x"],
      answers: ["http://c:1"],
    },
    {
      kind: "a server that members and a mount share",
      conf: `ProxyPass /a http://a:1/x\n${RW}ProxyPass / balancer://rw/\n`,
      paths: ["/a/y", "/x"],
      answers: ["http://a:1/x", "http://a:1"],
    },
  ])("$kind", async ({ conf, paths, answers }) => {
    const { picks, agrees } = await rehearsed(conf, paths.map((path) => `  - request: { path: ${path} }\n`).join(""));
    expect(picks.map(({ member, status }) => member ?? String(status))).toEqual(answers);
    expect(agrees).toBe(true);
  });

  it("shows what the model does not read as a difference, with both answers", async () => {
    const conf = `${RW}RewriteEngine On\nRewriteCond %{TIME_YEAR} >2000\nRewriteRule ^ - [F]\nProxyPass / balancer://rw/\n`;
    const { picks, agrees } = await rehearsed(conf, "  - request: { path: /x }\n");
    expect(picks).toMatchObject([{ member: null, status: 403, agrees: false, model: { status: 200 } }]);
    expect(agrees).toBe(false);
  });

  it("members keep their scheme: AJP, TLS that is verified, and TLS towards clients", async () => {
    const conf = `Listen 80
Listen 443
SSLProxyEngine On
SSLProxyVerify require
SSLProxyCACertificateFile /etc/ssl/authority.pem
<Proxy balancer://ajp>
  BalancerMember ajp://a.example
</Proxy>
<Proxy balancer://tls>
  BalancerMember https://b.example:8443
</Proxy>
<VirtualHost *:443>
  ServerName secure.example
  SSLEngine On
  SSLCertificateFile /etc/ssl/mine.pem
  SSLCertificateKeyFile /etc/ssl/mine.key
  ProxyPreserveHost On
  ProxyPass /ajp balancer://ajp
  ProxyPass / balancer://tls/
</VirtualHost>
`;
    const { picks, agrees, rewired } = await rehearsed(
      conf,
      `  - request: { host: "secure.example:443", path: /ajp/x }\n  - request: { host: "secure.example:443" }\n`,
    );
    expect(picks.map(({ member }) => member)).toEqual(["ajp://a.example", "https://b.example:8443"]);
    expect(agrees).toBe(true);
    expect(rewired.map(({ line, about }) => [line, about])).toEqual([
      [1, "listen"],
      [2, "listen"],
      [5, "certificate"],
      [7, "member"],
      [10, "member"],
      [15, "certificate"],
      [16, "certificate"],
    ]);
    expect(rewired[4]?.to).toMatch(/^https:\/\/127\./);
  });

  it("a whole file with its own modules and includes, wherever those are", () => {
    const modules = [
      "mpm_event",
      "authz_core",
      "proxy",
      "proxy_http",
      "slotmem_shm",
      "proxy_balancer",
      "lbmethod_byrequests",
    ];
    const conf = `ServerRoot /opt/httpd
${modules.map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join("")}Listen 8080
Include conf.d/*.conf
PidFile /var/run/never.pid
ErrorLog /var/log/never/error.log
User nobody-of-that-name
ProxyPass / balancer://rw/
`;
    const folder = mkdtempSync(join(tmpdir(), "own-file-"));
    mkdirSync(join(folder, "conf.d"));
    writeFileSync(join(folder, "httpd.conf"), conf);
    writeFileSync(join(folder, "conf.d/rw.conf"), RW);
    writeFileSync(join(folder, "scenario.yaml"), "steps:\n  - request: 2\n");
    const words = ["rehearse", join(folder, "httpd.conf"), "--scenario", join(folder, "scenario.yaml"), "--json"];
    const options = { cwd: PROJECT, encoding: "utf8" } as const;
    const printed = execFileSync(process.execPath, ["--import", "tsx", "cli/main.ts", ...words], options);
    rmSync(folder, { recursive: true });
    const { picks, agrees, rewired } = JSON.parse(printed) as Document;
    expect(picks.map(({ member }) => member)).toEqual(["http://a:1", "http://b:1"]);
    expect(agrees).toBe(true);
    expect(rewired.filter(({ about }) => about === "module")).toHaveLength(modules.length);
  });

  it("makes live changes where rewriting, access and mounts would keep everybody from a manager", async () => {
    const conf = `Listen 80
${RW}<VirtualHost *:80>
  ServerName a.example
  RewriteEngine On
  RewriteRule ^/(.*) balancer://rw/$1 [P]
  <Location />
    Require all denied
    Require ip 127.0.0.1
  </Location>
</VirtualHost>
`;
    const { picks, agrees } = await rehearsed(
      conf,
      `  - set: { balancer: rw, member: "http://a:1", status: "+D" }\n  - request: { host: a.example, count: 2 }\n`,
    );
    expect(picks.map(({ member }) => member)).toEqual(["http://b:1", "http://b:1"]);
    expect(agrees).toBe(true);
  });

  it("refuses what would run a program or reach another host, all at once, with its lines", async () => {
    const conf = `${RW}CustomLog "|/bin/touch /tmp/never" common
RewriteMap m prg:/bin/sh
ProxyRemote * http://proxy.example:3128
ProxyPass / balancer://rw/
`;
    const files = { "httpd.conf": conf, "scenario.yaml": "steps:\n  - request: 1\n" };
    const result = await runCommand(["rehearse", "httpd.conf", "--scenario", "scenario.yaml"], files);
    expect(result).toMatchObject({ status: 2, stdout: "" });
    expect(result.stderr.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/httpd\.conf:8: cannot be rehearsed, it would run a program: CustomLog "\|/),
      expect.stringMatching(/httpd\.conf:9: cannot be rehearsed, it would run a program: RewriteMap m prg:/),
      expect.stringMatching(/httpd\.conf:10: cannot be rehearsed, it would reach another host: ProxyRemote/),
    ]);
  });

  it("plays what a spec is rendered as", async () => {
    const spec = `servers: { web: { listen: [80], mounts: { /: c } } }
clusters: { c: { members: { one: http://a.example, two: http://b.example } } }
`;
    const files = { "spec.yaml": spec, "scenario.yaml": "steps:\n  - request: 2\n" };
    const result = await runCommand(["rehearse", "spec.yaml", "--scenario", "scenario.yaml", "--json"], files);
    const { agrees, rewired } = JSON.parse(result.stdout) as Document;
    expect(agrees).toBe(true);
    expect(rewired.filter(({ about }) => about === "member").map(({ from }) => from)).toEqual([
      "http://a.example",
      "http://b.example",
    ]);
  });

  it("keeps its folder to itself, listens on loopback only, and rehearsals beside each other do not meet", async () => {
    const folder = mkdtempSync(join(tmpdir(), "own-file-"));
    writeFileSync(join(folder, "httpd.conf"), `Listen 8642\n${RW}ProxyPass / balancer://rw/\n`);
    writeFileSync(join(folder, "scenario.yaml"), "steps:\n  - request: 2\n  - wait: 5s\n");
    const words = ["cli/main.ts", "rehearse", join(folder, "httpd.conf"), "--scenario", join(folder, "scenario.yaml")];
    const started = [0, 1].map(() =>
      spawn(process.execPath, ["--import", "tsx", ...words], {
        cwd: PROJECT,
        env: { ...process.env, TMPDIR: folder },
        stdio: "ignore",
      }),
    );
    const ended = started.map((child) => new Promise((resolve) => child.on("exit", resolve)));
    const ours = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith("httpd-rehearsal-"));
    // Sockets that listen (0A) on the port; of an address the first number is written last.
    const listening = (): readonly string[] =>
      readFileSync("/proc/net/tcp", "utf8")
        .split("\n")
        .flatMap((line) => / (\w+:21C2) \w+:\w+ 0A /.exec(line)?.[1] ?? []);
    expect(await holdsWithin(30_000, () => ours().length === 2 && listening().length === 2)).toBe(true);
    expect(ours().map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8))).toEqual(["700", "700"]);
    expect(listening().filter((address) => !address.includes("7F:"))).toEqual([]);
    expect(await Promise.all(ended)).toEqual([0, 0]);
    expect(ours()).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
