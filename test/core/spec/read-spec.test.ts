import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSpec } from "../../../core/lint/lint-spec.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import type { PlacedProblem } from "../../../core/vocabulary/problem.js";
import type { Topology } from "../../../core/topology/topology.js";
import { problemText } from "../../../core/vocabulary/problem.js";

function topology(text: string): Topology {
  const reading = readSpec(text, "spec.yaml");
  if (!reading.ok) throw new Error(reading.problems.map(problemText).join("\n"));
  return reading.topology;
}

function problems(text: string): readonly PlacedProblem[] {
  const reading = readSpec(text, "spec.yaml");
  return reading.ok ? [] : reading.problems;
}

const MEMBER = "clusters: { c: { members: { n: http://h } } }\n";

it("what is wrong with a member is told beside what is wrong with its cluster, and with another member", () => {
  const members = 'members: { a: { url: "http://a:1", retry: soon }, b: "http://b:99999" }';
  for (const wrong of ["maxatempts: 3", "lbmethod: bytrafic"]) {
    const read = readSpec(`clusters: { c: { ${wrong}, ${members} } }`, "a.yaml");
    const subjects = read.ok ? [] : read.problems.map(({ subject }) => subject);
    expect(subjects).toEqual([expect.stringContaining("cluster 'c'"), "retry of member 'a'", "url of member 'b'"]);
  }
});

describe("a spec", () => {
  it("describes the article in twenty lines", () => {
    const text = readFileSync(join(__dirname, "../../../examples/active-passive.yaml"), "utf8");
    expect(text.split("\n").length).toBeLessThanOrEqual(20);
    const [cluster] = topology(text).clusters;
    expect(cluster?.members.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["node1", { loadfactor: 1, retry: { milliseconds: 10_000 } }],
      ["node2", { loadfactor: 5, retry: { milliseconds: 10_000 } }],
      ["node3", { status: "+H", retry: { milliseconds: 10_000 } }],
    ]);
  });

  it("reads the same from YAML and JSON", () => {
    const yaml = "clusters:\n  c:\n    lbmethod: bybusyness\n    members:\n      n: { url: http://h:1, retry: 5s }\n";
    const json = '{"clusters":{"c":{"lbmethod":"bybusyness","members":{"n":{"url":"http://h:1","retry":"5s"}}}}}';
    expect(topology(yaml)).toEqual(topology(json));
  });

  it("keeps the order of members, even of names that look like numbers", () => {
    const [cluster] = topology("clusters: { c: { members: { '3': http://a, b: http://b, '1': http://c } } }").clusters;
    expect(cluster?.members.map(({ name }) => name)).toEqual(["3", "b", "1"]);
  });

  it("takes a name that is a URL for the URL", () => {
    const [cluster] = topology("clusters: { c: { members: { 'http://h:1': { loadfactor: 2 } } } }").clusters;
    expect(cluster?.members[0]).toEqual({ name: "http://h:1", url: "http://h:1", parameters: { loadfactor: 2 } });
  });

  it("is frozen all the way down", () => {
    const read = topology(MEMBER);
    expect(Object.isFrozen(read.clusters[0]?.members[0]?.parameters)).toBe(true);
  });

  it.each([
    ["c", { kind: "cluster", cluster: "c", path: "/app" }],
    ["balancer://c/other", { kind: "cluster", cluster: "c", path: "/other" }],
    ["'!'", { kind: "exclude" }],
    ["http://h:1/x", { kind: "url", url: "http://h:1/x", parameters: {} }],
    ["unix:/s|http://h/x", { kind: "url", url: "unix:/s|http://h/x", parameters: {} }],
  ])("mounts /app on %s", (to, target) => {
    const read = topology(`${MEMBER}servers: { web: { mounts: { /app: ${to} } } }`);
    expect(read.servers[0]?.mounts[0]?.to).toEqual(target);
  });

  it.each([
    ["local", { kind: "local" }],
    ["denied", { kind: "denied" }],
    ["[10.0.0.0/8]", { kind: "addresses", addresses: ["10.0.0.0/8"] }],
    ["{ all: behind a firewall }", { kind: "all", reason: "behind a firewall" }],
  ])("opens balancer-manager to %s", (access, expected) => {
    const read = topology(`${MEMBER}servers: { web: { manager: { access: ${access} } } }`);
    expect(read.servers[0]?.manager?.access).toEqual(expected);
  });

  it("closes balancer-manager to all but this host unless it is opened", () => {
    expect(topology(`${MEMBER}servers: { web: { manager: {} } }`).servers[0]?.manager).toEqual({
      access: { kind: "local" },
    });
  });

  it("finds where each part of the topology is written", () => {
    const text = readFileSync(join(__dirname, "../../../examples/active-passive.yaml"), "utf8");
    const reading = readSpec(text, "spec.yaml");
    if (!reading.ok) throw new Error("unreadable");
    const lineOf = (word: string): number => text.slice(0, text.indexOf(word)).split("\n").length;
    expect(reading.locate("/clusters/0/members/1/parameters/loadfactor").line).toBe(lineOf("node2"));
    expect(reading.locate("/clusters/0/members/2/parameters/status")).toEqual({
      file: "spec.yaml",
      line: lineOf("node3"),
      column: 1 + (text.split("\n")[lineOf("node3") - 1] ?? "").indexOf("standby"),
    });
    expect(reading.locate("/clusters/0/parameters/stickysession").line).toBe(lineOf("stickysession"));
    expect(reading.locate("/servers/0/mounts/0/to/cluster").line).toBe(lineOf("/: mycluster"));
  });
});

describe("a wrong spec gets one problem that says where, what, what is allowed and what to do", () => {
  it.each([
    [
      "clusters: { c: { members: { n: { url: http://h, loadfaktor: 2 } } } }",
      1,
      "member 'n': found unknown key 'loadfaktor'",
      "did you mean 'loadfactor'?",
    ],
    [
      "clusters: { c: { stickysesion: X, members: { n: http://h } } }",
      1,
      "cluster 'c': found unknown key 'stickysesion'",
      "did you mean 'stickysession'?",
    ],
    [
      "clusters:\n  c:\n    members:\n      n: { url: http://h, loadfactor: 0.5 }",
      4,
      "loadfactor of member 'n': found 0.5, allowed is 1 to 100",
      "give a number",
    ],
    [
      "clusters:\n  c:\n    members:\n      n: { url: http://h, loadfactor: 1.001 }",
      4,
      "loadfactor of member 'n': found 1.001",
      "httpd truncates it to 1",
    ],
    [
      "clusters: { c: { members: { n: { url: http://h, retry: 10 } } } }",
      1,
      "retry of member 'n': found 10, allowed is a number with a unit",
      "say the unit",
    ],
    [
      "clusters: { c: { lbmethod: byRequests, members: { n: http://h } } }",
      1,
      "lbmethod of cluster 'c': found 'byRequests'",
      "did you mean 'byrequests'?",
    ],
    [
      "clusters: { c: { members: { n: { url: http://h, role: stand-by } } } }",
      1,
      "role of member 'n': found 'stand-by'",
      "did you mean 'standby'?",
    ],
    [
      "clusters: { c: { members: { n: { url: http://h, role: standby, status: +H } } } }",
      1,
      "role and status",
      "remove one",
    ],
    [
      "clusters:\n  c:\n    members:\n      a: http://h:1\n      b: http://h:1/app",
      5,
      "takes for member 'a'",
      "remove one of the two",
    ],
    [
      "clusters: { c: { members: { a: { url: http://h:1, route: r }, b: { url: http://h:2, route: r } } } }",
      1,
      "route of member 'b'",
      "give each member",
    ],
    [
      "clusters: { c: { members: { a: http://h, a: http://i } } }",
      1,
      "found the key a a second time, allowed is each key once",
      "remove or rename one of the two",
    ],
    [
      "clusters:\n  c:\n    members: { a: *missing }",
      3,
      "found *missing, but no &missing above it",
      "correct the text there",
    ],
    [
      "clusters: { c: { members: { n: { url: http://h, stickysession: X } } } }",
      1,
      "member 'n': found unknown key 'stickysession'",
      "move it to the cluster",
    ],
    ["clusters: { c: { retry: 5s, members: { n: http://h } } }", 1, "unknown key 'retry'", "move it to a member"],
    [
      "clusters: { c: { members: { n: { url: http://h, capacity: 0 } } } }",
      1,
      "capacity of member 'n': found 0, allowed is > 0",
      "",
    ],
    ["clusters: { C: { members: { a: http://h } } }", 1, "name of a cluster: found 'C'", "lower-cases"],
    ["clusters: { c: { members: { a: http://h::80 } } }", 1, "url of member 'a'", "write it like"],
    [
      "clusters: { c: { members: { a: 'http://h/?x=1' } } }",
      1,
      "url of member 'a'",
      "takes a word with '=' for a parameter",
    ],
    ["clusters: { c: { members: { a: htp://h } } }", 1, "url of member 'a'", "did you mean 'http'?"],
    ["clusters: { c: { members: { a: http://h:99999 } } }", 1, "a port from 1 to 65535", "modulo"],
    [
      "clusters: { c: { members: { a: { url: http://h, hctemplate: nope } } } }",
      1,
      "hctemplate of member 'a'",
      "define it first",
    ],
    [
      "clusters: { c: { members: { a: { url: http://h, route: 'a\\nb' } } } }".replace("'a\\nb'", '"a\\nb"'),
      1,
      "route of member 'a'",
      "control characters",
    ],
    [
      "clusters: { c: { members: { a: { url: http://h, route: 'x${Y}' } } } }",
      1,
      "without '${'",
      "write the value itself",
    ],
    [
      `${MEMBER}servers: { web: { mounts: { /: d } } }`,
      2,
      "target of mount '/' of server 'web': found 'd', allowed is c",
      "did you mean 'c'?",
    ],
    [`${MEMBER}servers: { web: { mounts: { /: balancer://c } } }`, 2, "target path of mount '/'", "glue"],
    [`${MEMBER}servers: { web: { mounts: { app: c } } }`, 2, "mount 'app'", "write it like /app"],
    [`${MEMBER}servers: { web: { listen: [0] } }`, 2, "listen of server 'web': found 0", "correct the port"],
    [`${MEMBER}servers: { web: { listen: [80, 80] } }`, 2, "twice", "a second time"],
    [
      `${MEMBER}servers: { web: { listen: ['127.0.0.1:0x50'] } }`,
      2,
      "found '127.0.0.1:0x50', allowed is a port, or an address and a port",
      "correct the value",
    ],
    [
      `${MEMBER}servers: { web: { listen: [80, '127.0.0.1:80'] } }`,
      2,
      "found '80' and '127.0.0.1:80', of which one takes the port on all addresses",
      "a second time",
    ],
    [`${MEMBER}servers: { web: { listen: ['256.0.0.1:80'] } }`, 2, "found '256.0.0.1'", "leave it out"],
    [`${MEMBER}servers: { web: { serverName: '*.example' } }`, 2, "serverName of server 'web'", "serverAliases"],
    [`${MEMBER}servers: { web: { serverName: 'a.example:0' } }`, 2, "a port from 1 to 65535", "correct the port"],
    [
      `${MEMBER}servers: { web: { virtualHosts: { v: { addresses: ['999.1.1.1:80'] } } } }`,
      2,
      "address of virtual host 'v': found '999.1.1.1:80'",
      "write it like *:443",
    ],
    [
      `${MEMBER}servers: { web: { virtualHosts: { v: { addresses: ['*:65536'] } } } }`,
      2,
      "address of virtual host 'v': found '*:65536'",
      "1 to 65535",
    ],
    [
      `${MEMBER}servers: { web: { manager: { access: [10.0.0.1/40] } } }`,
      2,
      "found '10.0.0.1/40', allowed is an IP address or network",
      "10.0.0.0/8",
    ],
    [
      `${MEMBER}servers: { web: { manager: { access: all } } }`,
      2,
      "found 'all', allowed is who may use it: local, denied, a list of addresses, or { all: reason }",
      "correct the value",
    ],
    [`${MEMBER}servers: { web: { backendTls: { protocols: [] } } }`, 2, "at least one protocol", "TLSv1.3"],
    [`${MEMBER}servers: { web: { backendTls: { protocols: ['-all'] } } }`, 2, "at least one protocol", "TLSv1.3"],
    [
      `${MEMBER}servers: { web: { backendTls: { protocols: [all, -TLSv1, TLSv1.3] } } }`,
      2,
      "signs on all words but the first",
      "write +TLSv1.3",
    ],
    [`${MEMBER}servers: { web: { backendTls: { protocols: [SSLv3] } } }`, 2, "found 'SSLv3'", "TLSv1.3"],
    [
      `${MEMBER}servers: { web: { mounts: { /: { to: c, retry: 5s } } } }`,
      2,
      "retry of mount '/': found a mount on 'c'",
      "move it to the members",
    ],
    [
      `${MEMBER}servers: { web: { mounts: { /: { to: http://h, hcmethod: GET } } } }`,
      2,
      "hcmethod of mount '/' of server 'web'",
      "make a cluster",
    ],
    [
      `${MEMBER}servers: { web: { mounts: { '\\1': { to: http://h, match: true } } } }`,
      2,
      "a regular expression that can be compiled",
      "backslash",
    ],
    [
      `${MEMBER}servers: { web: { layout: debain } }`,
      2,
      "layout of server 'web': found 'debain'",
      "did you mean 'debian'?",
    ],
    [
      `${MEMBER}servers: { web: { virtualHosts: { v: { addresses: ['*:80'], maxrequestworkers: 5 } } } }`,
      2,
      "maxrequestworkers of virtual host 'v'",
      "move the setting",
    ],
    [
      `${MEMBER}servers: { web: { tls: { certificateFile: /c.pem } } }`,
      2,
      "found no 'certificateKeyFile'",
      "add certificateKeyFile",
    ],
    [
      `httpd: 2.4.20\n${MEMBER.replace("http://h", "{ url: http://h, hcmethod: TCP }")}`,
      2,
      "hcmethod of member 'n': found httpd 2.4.20",
      "2.4.21 or newer",
    ],
    ["httpd: 2.4\nclusters: {}", 1, "httpd: found 2.4", "text"],
    ["clusters: [", 1, "the spec: found", "correct the text there"],
    ["- a", 1, "the spec: found", "mapping"],
    ["", 1, "the spec: found", "mapping"],
    ["clusters: { c: { scope: nowhere, members: { n: http://h } } }", 1, "scope of cluster 'c'", "define it first"],
    [
      "clusters: { c: { routeCookie: { name: R }, stickysession: S, members: { n: http://h } } }",
      1,
      "stickysession of cluster 'c'",
      "leave stickysession out",
    ],
  ])("%s", (text, line, sentence, fix) => {
    const [problem, ...others] = problems(text);
    expect(others).toEqual([]);
    if (problem === undefined) throw new Error("no problem found");
    expect(problemText(problem)).toContain(sentence);
    expect(`${problemText(problem)} ${problem.allowed}`).toContain(fix);
    expect(problem.line).toBe(line);
  });

  it.each([
    ["clusters: { c: { members: {} } }", "cluster-without-members"],
    ["clusters: { c: { members: { n: { url: http://h, role: spare } } } }", "spare-without-active"],
    ["clusters: { c: { members: { a: { url: http://a, role: standby }, b: http://b } } }", undefined],
    [
      "clusters: { c: { members: { a: { url: http://a, role: standby }, b: { url: http://b, role: standby } } } }",
      "standby-without-active",
    ],
    ["clusters: { c: { members: { n: { url: http://h, status: +D } } } }", "cluster-in-service"],
  ])("takes %s, which httpd runs with, and leaves it to lint: %s", (text, rule) => {
    expect(problems(text)).toEqual([]);
    const told = lintSpec(text, "spec.yaml").diagnostics.map((one) => one.rule);
    if (rule !== undefined) expect(told).toContain(rule);
  });

  it("reports the problems of all parts together", () => {
    const text =
      "clusters: { a: { members: { n: { url: http://h, lbset: 100 } } }, b: { members: { m: { url: x } } } }";
    expect(problems(text).map(({ subject }) => subject)).toEqual(["lbset of member 'n'", "url of member 'm'"]);
    const deeper = "clusters: { a: { members: { n: x } }, b: { members: { m: y } } }";
    expect(problems(deeper).length).toBe(2);
  });

  it.each([
    ["its own member", "clusters: { a: { members: { n: { url: x, lbset: 100 } } } }", ["lbset of member 'n'"]],
    ["its cluster", "clusters: { a: { members: { n: { role: standby, lbset: 100 } } } }", ["lbset of member 'n'"]],
    [
      "what refers to a cluster that cannot be read",
      "clusters: { a: 1 }\nservers: { web: { listen: [80, 80], mounts: { /: a } } }",
      ["cluster 'a'"],
    ],
    [
      "the other keys of its owner",
      `${MEMBER}servers: { web: { listen: 5, serverName: "a b" } }`,
      ["listen of server 'web'"],
    ],
    [
      "the list it stands in",
      `${MEMBER}servers: { web: { listen: [80, 80, x], serverName: "a b" } }`,
      ["listen of server 'web'", "serverName of server 'web'"],
    ],
    [
      "nothing of another server",
      `${MEMBER}servers: { web: { listen: [x] }, other: { serverName: "a b" } }`,
      ["listen of server 'web'", "serverName of server 'other'"],
    ],
  ])("a wrong value hides %s", (_, text, subjects) => {
    expect(problems(text).map(({ subject }) => subject)).toEqual(subjects);
  });

  it("shows no secret", () => {
    const text = `clusters: { c: { members: { n: { url: ajp://h, secret: ${"s3cret".repeat(20)} } } } }`;
    expect(JSON.stringify(problems(text))).not.toContain("s3cret");
    const broken = 'clusters: { c: { members: { n: { url: ajp://h, secret: "s3cret${X}" } } } }';
    expect(problems(broken).length).toBe(1);
    expect(JSON.stringify(problems(broken))).not.toContain("s3cret");
  });

  it("survives aliases that explode", () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `  a${n}: &a${n} [${Array.from({ length: 9 }, () => (n === 0 ? "x" : `*a${n - 1}`)).join(", ")}]`,
    );
    expect(problems(`clusters:\n${levels.join("\n")}\n`).length).toBeGreaterThan(0);
  });
});

it.each([-1, 55_546, 1.5, "1"])(
  "a portOffset of %s is told with what may stand there, not with what the key means",
  (offset) => {
    const text = JSON.stringify({
      clusters: { c: { members: { n1: {} } } },
      nodes: { n1: { server: "wildfly", portOffset: offset } },
    });
    const reading = readSpec(text, "spec.json");
    expect(reading.ok ? [] : reading.problems).toMatchObject([
      { at: "/nodes/n1/portOffset", allowed: "a whole number from 0 to 55545", fix: "write a number in this range" },
    ]);
  },
);
