import { describe, expect, it, test } from "vitest";
import { fixConf } from "../../../core/lint/fix.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { DEFAULT_PRESETS, rulesOf } from "../../../core/lint/presets.js";
import { RULES } from "../../../core/lint/rule-list.generated.js";
import { SEVERITIES } from "../../../core/report/severity.js";
import { runCommand } from "../../support/command.js";
import { alone, example, usualRulesAnd } from "./examples.js";

const TWO = "BalancerMember http://10.0.0.1:8080 route=a\nBalancerMember http://10.0.0.2:8080 route=b\n";

function mounted(members: string, path = "/"): string {
  return `<Proxy balancer://c>\n${members}</Proxy>\nProxyPass ${path} balancer://c/\nProxyPassReverse ${path} balancer://c/\n`;
}

function rulesIn(text: string): readonly string[] {
  return lintConf(alone(text)).diagnostics.map(({ rule, severity }) => `${rule} ${severity}`);
}

/** An operator judged these configurations line by line: what must not be said of each. */
const FALSE: readonly (readonly [what: string, conf: string, rule: RegExp])[] = [
  [
    "AJP sends the client's host",
    "<Proxy balancer://c>\nBalancerMember ajp://10.0.0.1:8009\n</Proxy>\nProxyPass / balancer://c/\n",
    /^mount-reverse/,
  ],
  [
    "ProxyPreserveHost sends the client's host",
    "ProxyPreserveHost On\n<Proxy balancer://c>\nBalancerMember http://10.0.0.1:8080\n</Proxy>\nProxyPass / balancer://c/\n",
    /^mount-reverse/,
  ],
  [
    "REQUEST_URI begins with a slash",
    "RewriteEngine On\nRewriteRule ^/ws ws://10.0.0.1:8080%{REQUEST_URI} [P]\n",
    /^proxied-host/,
  ],
  [
    "CheckPeerName is looked at, and CheckPeerCN not",
    `SSLProxyEngine On\nSSLProxyCheckPeerCN off\nSSLProxyCheckPeerName on\n${mounted("BalancerMember https://10.0.0.1\n")}`,
    /^tls-backend-names/,
  ],
  [
    "the second exclusion of a path is idle",
    `ProxyPass /balancer !\n<Location /balancer>\nProxyPass !\n</Location>\n${mounted(TWO)}`,
    /^mount-shadowed/,
  ],
  [
    "a forward proxy behind a password is one on purpose",
    "<VirtualHost *:3128>\nProxyRequests On\n<Proxy *>\nAuthType Basic\nAuthName x\nAuthUserFile /etc/p\nRequire valid-user\n</Proxy>\n</VirtualHost>\n",
    /^forward-proxy error/,
  ],
  [
    "members of mod_proxy_cluster register themselves",
    "LoadModule proxy_cluster_module modules/mod_proxy_cluster.so\nEnableMCPMReceive On\nProxyPass / balancer://mycluster/\n",
    /^cluster-without-members/,
  ],
  [
    "who shares no sessions says so with nofailover",
    mounted(
      "BalancerMember http://a route=w1\nBalancerMember http://b route=w2 status=+H\nProxySet stickysession=S nofailover=On\n",
    ),
    /^standby-route/,
  ],
];

test.each(FALSE)("%s: no finding", (_what, conf, rule) => {
  expect(rulesIn(conf).filter((found) => rule.test(found))).toEqual([]);
});

/** What no rule said, and one says now. */
const MISSED: readonly (readonly [what: string, conf: string, finding: string])[] = [
  [
    "failonstatus with 500 and a second member",
    mounted(`${TWO}ProxySet failonstatus=500\n`),
    "failonstatus-500 warning",
  ],
  ["an answer that may take a second", mounted("BalancerMember http://a:1 timeout=1\n"), "timeout-scale warning"],
  ["milliseconds", mounted("BalancerMember http://a:1 timeout=10000\n"), "timeout-scale warning"],
  [
    "a cookie in the place of the URL's name",
    mounted(`${TWO}ProxySet stickysession=JSESSIONID|ROUTEID\n`),
    "stickysession-second-name error",
  ],
  [
    "Order allow,deny without an Allow",
    `<Location />\nOrder allow,deny\n</Location>\n${mounted(TWO)}`,
    "mount-unreached warning",
  ],
  [
    "a doubled slash of a RewriteRule",
    `RewriteEngine On\nRewriteRule ^/rw balancer://c/%{REQUEST_URI} [P]\n${mounted(TWO)}`,
    "rewrite-slash-doubled warning",
  ],
  ["all of it in an <IfDefine>", `<IfDefine SSL>\n${mounted(TWO)}</IfDefine>\n`, "block-off note"],
  [
    "a path beside the balancer to one member",
    `ProxyPass /ws ws://10.0.0.1:8080/ws\n${mounted(TWO)}`,
    "member-bypassed warning",
  ],
  ["PHP's cookie", mounted(`${TWO}ProxySet stickysession=PHPSESSIONID\n`), "stickysession-cookie warning"],
  [
    "a reverse line with a pattern",
    `${mounted(TWO)}ProxyPassReverse ^/x http://10.0.0.1:8080/\n`,
    "reverse-idle warning",
  ],
  ["a reverse line with an exclusion", `${mounted(TWO)}ProxyPassReverse /y !\n`, "reverse-idle warning"],
  [
    "a reverse line with a member's host and no port",
    `${mounted(TWO)}ProxyPassReverse /q http://10.0.0.1\n`,
    "reverse-idle warning",
  ],
  [
    "a comma in ServerAlias",
    `<VirtualHost *:80>\nServerAlias b.x, c.x\n${mounted(TWO)}</VirtualHost>\n`,
    "serveralias-comma error",
  ],
  [
    "a member that is the server itself",
    `Listen 80\n${mounted("BalancerMember http://localhost\n")}`,
    "member-self note",
  ],
  [
    "a timeout of the balancer meant for answers",
    mounted(`${TWO}ProxySet timeout=5\n`),
    "balancer-timeout-members note",
  ],
];

test.each(MISSED)("%s is found", (_what, conf, finding) => {
  expect(rulesIn(conf)).toContain(finding);
});

/** Repairs that would decide who gets in, where a session goes or which backend is trusted. */
const LEFT: readonly (readonly [what: string, conf: string])[] = [
  ["a manager at /", `<Location />\nSetHandler balancer-manager\n</Location>\n${mounted(TWO)}`],
  [
    "an open manager behind a mount",
    `${mounted(TWO)}<Location /balancer-manager>\nSetHandler balancer-manager\nOrder deny,allow\nAllow from all\n</Location>\n`,
  ],
  [
    "names of backends",
    `SSLProxyEngine On\nSSLProxyCheckPeerName off\n${mounted("BalancerMember https://10.0.0.1\n")}`,
  ],
  [
    "a cookie on plain http",
    `<VirtualHost *:80>\nHeader add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED\n${mounted(`${TWO}ProxySet stickysession=ROUTEID\n`)}</VirtualHost>\n`,
  ],
  [
    "what somebody decided",
    mounted(`${TWO}ProxySet failonstatus=410,403 forcerecovery=Off nofailover=On stickysession=S|s\n`),
  ],
  [
    "a standby's route",
    mounted(
      "BalancerMember http://a route=w1\nBalancerMember http://b route=w2 status=+H\nProxySet stickysession=S|s\n",
    ),
  ],
];

test.each(LEFT)("--fix leaves %s alone", (_what, conf) => {
  expect([...fixConf(alone(conf), rulesOf(DEFAULT_PRESETS)).texts]).toEqual([]);
});

it("an open manager that nobody reaches is said to be open as soon as somebody can", () => {
  const manager =
    "<Location /balancer-manager>\nSetHandler balancer-manager\nOrder deny,allow\nAllow from all\n</Location>\n";
  const { diagnostics } = lintConf(alone(`${mounted(TWO)}${manager}`));
  expect(diagnostics.find(({ rule }) => rule === "manager-access")?.found).toBe(
    "open to everybody as soon as requests can reach it",
  );
  expect(diagnostics.find(({ rule }) => rule === "manager-shadowed")?.fix).toMatch(
    /^limit the path with Require first/,
  );
});

it("a closing quote behind the parameter is the cause that is told", () => {
  const section = `<Proxy "balancer://cluster stickysession=JSESSIONID">\n${TWO}</Proxy>\nProxyPass / balancer://cluster/\n`;
  const found = lintConf(alone(section)).diagnostics.find(({ rule }) => rule === "mount-cluster");
  expect(found?.found).toContain("the closing quote stands behind the parameter");
  expect(found?.fix).toBe('close the quote behind the name: <Proxy "balancer://cluster" stickysession=JSESSIONID>');
});

it("no sentence has words that httpd has not: mounts are ours", () => {
  for (const { id, wanted, why } of RULES)
    expect([id, `${wanted} ${why}`.match(/\bmount(?:s|ed)?\b/g)]).toEqual([id, null]);
  const said = RULES.flatMap((rule) =>
    rule.bad.flatMap((text) => lintConf(example(rule, text), usualRulesAnd(rule)).diagnostics),
  );
  expect(said.length).toBeGreaterThan(100);
  for (const { rule, subject, found, fix } of said) {
    expect([rule, `${subject} ${found} ${fix}`.match(/\bmount(?:s|ed)?\b|\bthe server\b.*usable member/g)]).toEqual([
      rule,
      null,
    ]);
  }
});

it("errors stand first, and a rule in one block with its lines", async () => {
  const section = (path: string): string => `<Location ${path}>\nSetHandler server-status\n</Location>\n`;
  const conf = `${section("/a")}${section("/b")}${mounted(`${TWO}ProxySet stickysession=JSESSIONID|ROUTEID\n`, "/x")}`;
  const { stdout } = await runCommand(["lint", "a.conf"], { "a.conf": conf });
  const heads = [...stdout.matchAll(/^a\.conf:\d+:\d+: (\w+) (\S+)$/gm)].map(([, severity = "", rule = ""]) => ({
    severity,
    rule,
  }));
  expect(heads[0]?.severity).toBe("error");
  const order = heads.map(({ severity }) => SEVERITIES.findIndex((word) => word === severity));
  expect(order).toEqual(order.toSorted());
  expect(new Set(heads.map(({ rule }) => rule)).size).toBe(heads.length);
  expect(stdout).toMatch(/status-access[^]*\n {2}also on line 5\n|status-access[^]*\n {2}line 5: /);
});

describe("severities are those an operator gave", () => {
  const BY_ID = new Map(RULES.map(({ id, severity }) => [id, severity]));

  it.each([
    ["note", "mount-reverse stickysession-url-name access-compat standby-route namevirtualhost"],
    ["warning", "failonstatus-client-codes status-access failonstatus-500 timeout-scale"],
    ["error", "route-cookie-set stickysession-routes manager-access"],
  ])("%s: %s", (severity, ids) => {
    for (const id of ids.split(" ")) expect([id, BY_ID.get(id)]).toEqual([id, severity]);
  });

  it("a secret that a loopback address lacks is a note", () => {
    expect(rulesIn(mounted("BalancerMember ajp://127.0.0.1:8009\n"))).toContain("ajp-secret note");
    expect(rulesIn(mounted("BalancerMember ajp://10.0.0.1:8009\n"))).toContain("ajp-secret warning");
  });
});

describe("what is true of a whole balancer, or of a whole file, is said once", () => {
  const count = (conf: string, rule: string, presets: Parameters<typeof rulesOf>[0] = ["strict"]): number =>
    lintConf(alone(conf), rulesOf(presets)).diagnostics.filter((found) => found.rule === rule).length;
  const MEMBERS = Array.from({ length: 3 }, (_, at) => `BalancerMember http://10.0.0.${at + 1}:80`);

  it.each(["connectiontimeout-set", "retry-default"])("%s", (rule) => {
    expect(count(mounted(`${MEMBERS.join("\n")}\n`), rule)).toBe(1);
  });

  it("hcuri-set is a block for all members, each of which is a line to mend", async () => {
    const checked = MEMBERS.map((line) => `${line} hcmethod=GET\n`).join("");
    const { stdout } = await runCommand(["lint", "a.conf"], { "a.conf": mounted(checked) });
    expect(stdout.match(/hcuri-set/g)).toHaveLength(1);
    expect(stdout).toContain("\n  also on lines 3, 4\n");
  });

  it("access-compat", () => {
    const section = (path: string): string => `<Location ${path}>\nOrder deny,allow\nDeny from all\n</Location>\n`;
    expect(
      count(`${section("/a")}${section("/b")}${section("/c")}${mounted(TWO)}`, "access-compat", ["recommended"]),
    ).toBe(1);
  });
});
