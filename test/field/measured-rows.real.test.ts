import { expect, it } from "vitest";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

/*
 * What a real httpd was measured to answer where its words are easily misread, one entry a kind: `rehearse` plays the file
 * as it stands beside the model, and both have to give what is written here.
 */

/** A file, the requests of a scenario, and who answers: a member, or httpd by its status. */
interface Row {
  readonly row: string;
  readonly conf: string;
  readonly steps: readonly string[];
  /** @default - only that httpd and model agree: httpd itself has a choice */
  readonly answers?: readonly (string | number)[];
}

const NODES = `<Proxy balancer://rw>
  BalancerMember http://n1:1 route=r1 retry=1
  BalancerMember http://n2:1 route=r2 retry=1
  ProxySet stickysession=SID
</Proxy>
<Proxy balancer://spare>
  BalancerMember http://s:1
</Proxy>
`;

const get = (path: string, more = ""): string => `request: { path: "${path}"${more} }`;
const ALL = "ProxyPass / balancer://rw/\n";
const rewriting = (...lines: readonly string[]): string => `${NODES}RewriteEngine On\n${lines.join("\n")}\n`;
const COOKIE = ", cookies: { SID: x.r2 }";

const ROWS: readonly Row[] = [
  {
    row: "LocationMatch: a pattern without wildcards is a prefix",
    conf: `${NODES}<LocationMatch "(m|n)">\nProxyPass balancer://rw\n</LocationMatch>\n`,
    steps: [get("/m/k"), get("/n")],
    answers: [404, 404],
  },
  {
    row: "LocationMatch: an end of line is no wildcard",
    conf: `${NODES}<LocationMatch "^/m/(\\w+)$">\nProxyPass balancer://rw/$1\n</LocationMatch>\n`,
    steps: [get("/m/k")],
    answers: [404],
  },
  {
    row: "LocationMatch: an exclusion that is a prefix excludes nothing",
    conf: `${NODES}<LocationMatch "^/m">\nProxyPass !\n</LocationMatch>\n${ALL}`,
    steps: [get("/m/k")],
    answers: ["http://n1:1"],
  },
  {
    row: "Location: a wildcard is an expression",
    conf: `${NODES}<Location "/app*">\nProxyPass balancer://spare/\n</Location>\n`,
    steps: [get("/app"), get("/b")],
    answers: ["http://s:1", 404],
  },
  {
    row: "RewriteRule [P]: a negated condition, and %{REQUEST_URI} in the target",
    conf: rewriting("RewriteCond %{REQUEST_URI} !^/static", "RewriteRule ^ balancer://spare%{REQUEST_URI} [P]"),
    steps: [get("/x"), get("/static/x")],
    answers: ["http://s:1", 404],
  },
  {
    row: "RewriteRule [P]: in a Location",
    conf: `${NODES}<Location /in>\nRewriteEngine On\nRewriteRule .* balancer://spare/x [P]\n</Location>\n${ALL}`,
    steps: [get("/in/a"), get("/out")],
    answers: ["http://s:1", "http://n1:1"],
  },
  {
    row: "RewriteRule [P]: behind rules that end, skip, redirect, refuse or rewrite",
    conf: rewriting(
      ...["RewriteRule ^/last - [L]", "RewriteRule ^/end - [END]", "RewriteRule ^/skip - [S=1]"],
      ...["RewriteRule ^/(skip|spare) balancer://spare/ [P]", "RewriteRule ^/to /else [R]", "RewriteRule ^/gone - [G]"],
      ...["RewriteRule ^/inner /other", "RewriteRule ^/(.*) balancer://rw/$1 [P]"],
    ),
    steps: ["/last", "/end", "/skip", "/spare", "/to", "/gone", "/inner"].map((path) => get(path)),
    answers: [404, 404, "http://n1:1", "http://s:1", 302, 410, "http://n2:1"],
  },
  {
    row: "SetHandler proxy:balancer",
    conf: `${NODES}<Location /h>\nSetHandler "proxy:balancer://spare"\n</Location>\n`,
    steps: [get("/h/x"), get("/x")],
    answers: ["http://s:1", 404],
  },
  {
    row: "before the balancer: access of <Proxy>, and of a Location",
    conf: `${NODES}<Proxy balancer://rw>\nRequire all denied\n</Proxy>\n<Location /s/in>\nRequire ip 10.1\n</Location>\nProxyPass /s balancer://spare\n${ALL}`,
    steps: [get("/x"), get("/s/x"), get("/s/in")],
    answers: [403, "http://s:1", 403],
  },
  {
    row: "before the balancer: a redirect in a Location, no-proxy, a request line that is too long",
    conf: `LimitRequestLine 100\n${NODES}SetEnvIf Request_URI ^/n no-proxy\n<Location /old>\nRedirect /new\n</Location>\n${ALL}`,
    steps: [get("/old"), get("/n"), get(`/${"l".repeat(120)}`), get("/x")],
    answers: [302, 404, 414, "http://n1:1"],
  },
  {
    row: "before the balancer: a cookie that is taken away",
    conf: `${NODES}RequestHeader unset Cookie\n${ALL}`,
    steps: [get("/", COOKIE), get("/", COOKIE)],
    answers: ["http://n1:1", "http://n2:1"],
  },
  {
    row: "before the balancer: a cookie that is set early",
    conf: `${NODES}RequestHeader set Cookie "SID=y.r1" early\n${ALL}`,
    steps: [get("/", COOKIE), get("/", COOKIE)],
    answers: ["http://n1:1", "http://n1:1"],
  },
  {
    row: "an error document that is a mount",
    conf: `${NODES}ErrorDocument 503 /sorry/x\nProxyPass /sorry balancer://spare\n${ALL}`,
    steps: ['stop: ["http://n1:1", "http://n2:1"]', get("/")],
    answers: ["http://s:1"],
  },
  {
    row: "ProxyErrorOverride answers in the place of a member",
    conf: `${NODES}ProxyErrorOverride On\nErrorDocument 500 /sorry/x\nProxyPass /sorry balancer://spare\n${ALL}`,
    steps: ['respond: { member: "http://n1:1", status: 404 }', get("/"), get("/")],
    answers: [404, "http://n2:1"],
  },
  {
    row: "virtual hosts: an exact address goes before all addresses",
    conf: `Listen 80\n${NODES}<VirtualHost *:80>\n${ALL}</VirtualHost>\n<VirtualHost 127.0.0.1:80>\nProxyPass / balancer://spare/\n</VirtualHost>\n`,
    steps: [get("/")],
    answers: ["http://s:1"],
  },
  {
    row: "AJP: another member answers a GET that the first one drops, or does not answer",
    conf: `<Proxy balancer://aj>\n  BalancerMember ajp://j1:1 timeout=1\n  BalancerMember ajp://j2:1\n</Proxy>\nProxyPass / balancer://aj/\n`,
    steps: ['respond: { member: "ajp://j1:1", failure: closes }', get("/"), get("/")],
    answers: ["ajp://j2:1", "ajp://j2:1"],
  },
  {
    row: "AJP: another member answers a GET that the first one is silent about",
    conf: `<Proxy balancer://aj>\n  BalancerMember ajp://j1:1 timeout=1\n  BalancerMember ajp://j2:1\n</Proxy>\nProxyPass / balancer://aj/\n`,
    steps: ['respond: { member: "ajp://j1:1", failure: hang }', get("/"), get("/")],
    answers: ["ajp://j2:1", "ajp://j2:1"],
  },
  {
    row: "a standby serves while every active is disabled",
    conf: `<Proxy balancer://d>\n  BalancerMember http://d1:1 status=+D\n  BalancerMember http://d2:1 status=+H\n</Proxy>\nProxyPass / balancer://d/\n`,
    steps: [get("/x"), get("/y")],
    answers: ["http://d2:1", "http://d2:1"],
  },
  {
    row: "names of cookies that carry no route alternate",
    conf: `<Proxy balancer://p>\n  BalancerMember http://p1:1 route=a\n  BalancerMember http://p2:1 route=b\n  ProxySet stickysession=PHPSESSID\n</Proxy>\nProxyPass / balancer://p/\n`,
    steps: [get("/", ", cookies: { PHPSESSID: abc123 }"), get("/", ", cookies: { PHPSESSID: abc123 }")],
    answers: ["http://p1:1", "http://p2:1"],
  },
  {
    row: "the second name of stickysession is read in the URL only",
    conf: `<Proxy balancer://p>\n  BalancerMember http://p1:1 route=a\n  BalancerMember http://p2:1 route=b\n  ProxySet stickysession=JSESSIONID|ROUTEID\n</Proxy>\nProxyPass / balancer://p/\n`,
    steps: [
      ...[get("/", ", cookies: { ROUTEID: x.b }"), get("/x;ROUTEID=x.b")],
      get("/", ", cookies: { JSESSIONID: x.b }"),
    ],
    answers: ["http://p1:1", "http://p2:1", "http://p2:1"],
  },
  {
    row: "a comma behind a ServerAlias belongs to the name",
    conf: `Listen 80\n${NODES}<VirtualHost *:80>\nServerName a.x\n${ALL}</VirtualHost>\n<VirtualHost *:80>\nServerName z.x\nServerAlias b.x, c.x\nProxyPass / balancer://spare/\n</VirtualHost>\n`,
    steps: [get("/", ", host: b.x"), get("/", ", host: c.x")],
    answers: ["http://n1:1", "http://s:1"],
  },
  {
    row: "an exclusion of / in front of a mount leaves it nothing",
    conf: `${NODES}ProxyPass / !\n${ALL}`,
    steps: [get("/", ", expect: { status: 404 }"), get("/x", ", expect: { status: 404 }")],
    answers: [404, 404],
  },
  {
    row: "bybusyness with one client: the next request may come before the member of the last one is free",
    conf: `<Proxy balancer://p>\n  BalancerMember http://p1:1\n  BalancerMember http://p2:1 loadfactor=5\n  ProxySet lbmethod=bybusyness\n</Proxy>\nProxyPass / balancer://p/\n`,
    steps: ["request: 60"],
  },
  {
    row: "bytraffic: a member without kept connections is sent five bytes less with each request",
    conf: `<Proxy balancer://p>\n  BalancerMember http://p1:1\n  BalancerMember http://p2:1 disablereuse=On\n  ProxySet lbmethod=bytraffic\n</Proxy>\nProxyPass / balancer://p/\n`,
    steps: ["request: 8"],
    answers: [1, 2, 2, 1, 2, 1, 2, 1].map((number) => `http://p${number}:1`),
  },
  {
    row: "bytraffic: weights and states that are changed live, then a graceful reload",
    conf: `<Proxy balancer://p>\n  BalancerMember http://p1:1 loadfactor=2\n  BalancerMember http://p2:1\n  BalancerMember http://p3:1 status=+H\n  ProxySet lbmethod=bytraffic\n</Proxy>\nProxyPass / balancer://p/\n`,
    steps: [
      ...['respond: { member: "http://p1:1", body: 500 }', "request: 12"],
      ...['set: { balancer: p, member: "http://p1:1", loadfactor: 5 }', "request: 9"],
      ...['set: { balancer: p, member: "http://p2:1", status: "+D" }', "request: 3"],
      ...['set: { balancer: p, member: "http://p2:1", status: "-D" }', "request: 4", "reload: graceful", "request: 40"],
    ],
  },
  {
    row: "a kept connection that the member closes first is a 502 for a request sent on it",
    conf: `${NODES}${ALL}`,
    steps: ['respond: { member: "http://n1:1", failure: closes }', get("/"), get("/")],
    answers: [502, "http://n2:1"],
  },
];

interface Rehearsal {
  readonly agrees: boolean;
  readonly picks: readonly { readonly member: string | null; readonly status: number }[];
}

describeReal("measured rows", ["apache2"], () => {
  it.each(ROWS)("$row", { timeout: 180_000 }, async ({ conf, steps, answers }) => {
    const scenario = `steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
    const files = { "httpd.conf": conf, "scenario.yaml": scenario };
    const words = ["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json"];
    const { stdout, stderr } = await runCommand(words, files);
    expect(stdout, stderr).not.toBe("");
    const { picks, agrees } = JSON.parse(stdout) as Rehearsal;
    if (answers !== undefined) expect(picks.map(({ member, status }) => member ?? status)).toEqual(answers);
    expect(agrees).toBe(true);
  });
});
