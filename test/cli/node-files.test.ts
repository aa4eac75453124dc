import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";
import type { CommandResult } from "../support/command.js";

type Files = Readonly<Record<string, string>>;

const spec = (server: string): string => `nodes:
  node1: { server: ${server}, portOffset: 300, replicationGroup: sessions }
  node2: { server: ${server}, portOffset: 500, replicationGroup: sessions }
  node3: { server: ${server}, portOffset: 400, replicationGroup: sessions }
replicationGroups:
  sessions: {}
clusters:
  mycluster:
    stickysession: JSESSIONID|jsessionid
    members:
      node1: { retry: 10s }
      node2: { loadfactor: 5, retry: 10s }
      node3: { role: standby, retry: 10s }
servers:
  web: { listen: [80], mounts: { /: mycluster } }
`;

const WRITTEN = new Map<string, Promise<Files>>();

/** Both ends as they are written of one description. */
function rendered(server: string): Promise<Files> {
  const known = WRITTEN.get(server) ?? render(server);
  WRITTEN.set(server, known);
  return known;
}

async function render(server: string): Promise<Files> {
  const { files } = await runCommand(["render", "spec.yaml", "--out", "out"], { "spec.yaml": spec(server) });
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith("out/")));
}

interface Told {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly related?: readonly { readonly file: string; readonly line: number }[];
}

/** What is said about both ends. */
function told({ stdout }: CommandResult): readonly Told[] {
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Told[] };
  return findings.filter(({ rule }) => rule.startsWith("node-"));
}

async function lintBoth(files: Files): Promise<readonly Told[]> {
  return told(await runCommand(["lint", "out/httpd.conf", "--node", "out/nodes", "--json"], files));
}

function replaced(files: Files, path: string, before: string | RegExp, after: string): Files {
  const text = files[path] ?? "";
  expect(text.replace(before, after)).not.toBe(text);
  return { ...files, [path]: text.replace(before, after) };
}

const ONE = "out/nodes/node1/server.xml";
const CLI = "out/nodes/node1/node.cli";

describe("both ends of what is rendered", () => {
  it.each(["tomcat", "wildfly"])("agree, on %s", async (server) => {
    expect(await lintBoth(await rendered(server))).toEqual([]);
  });

  it.each([
    ["its route at the server", ONE, 'jvmRoute="node1"', 'jvmRoute="n1"', "node-route", /'node1'.*'n1'/],
    ["its route away", ONE, ' jvmRoute="node1"', "", "node-route", /no jvmRoute/],
    ["its route in httpd.conf", "out/httpd.conf", "route=node1", "route=other", "node-route", /'other'.*'node1'/],
    ["its port at the server", ONE, 'port="8380"', 'port="8381"', "node-port", /8380.*http at 8381/],
    ["its port in httpd.conf", "out/httpd.conf", "localhost:8380", "localhost:8379", "node-port", /8379.*8380/],
    ["its protocol", ONE, 'protocol="HTTP/1.1"', 'protocol="AJP/1.3"', "node-port", /http to port 8380.*ajp at 8380/],
    ["its address", "out/httpd.conf", "localhost:8380", "app1:8380", "node-address", /app1.*127\.0\.0\.1/],
    ["who is copied to", ONE, 'port="4500"', 'port="4501"', "node-group", /no port 4500/],
    ["the number of copies", ONE, "DeltaManager", "BackupManager", "node-copying", /on 2 servers/],
    ["all copies", ONE, /<Cluster[\s\S]*<\/Cluster>/, "", "node-copying", /this server only/],
  ])("of which one changed %s differ, at both places", async (_, path, before, after, rule, message) => {
    const found = await lintBoth(replaced(await rendered("tomcat"), path, before, after));
    const own = found.find((one) => one.rule === rule);
    expect(own?.message).toMatch(message);
    expect(own?.file).toBe("out/httpd.conf");
    expect(own?.related?.[0]?.file).toBe(ONE);
    expect(own?.message).toContain(`${ONE}:${own?.related?.[0]?.line}`);
    // A group of which one left is not what the others list either.
    expect(new Set(found.map((one) => one.rule))).toEqual(new Set([rule]));
  });

  it.each([
    ["its route", "value=node1", "value=n1", "node-route", /'node1'.*'n1'/],
    ["its offset", "name=port-offset,value=300", "name=port-offset,value=301", "node-port", /8380.*http at 8381/],
    ["the number of copies", "name=owners,value=3", "name=owners,value=2", "node-copying", /on 2 servers/],
    ["a list without an offset", "host=127.0.0.1,port=8100", "host=127.0.0.1,port=7600", "node-group", /no port 8100/],
    ["a list of two", ",jg-node3]", "]", "node-group", /no port 8000/],
  ])("of a WildFly of which one changed %s differ, at both places", async (_, before, after, rule, message) => {
    const found = await lintBoth(replaced(await rendered("wildfly"), CLI, before, after));
    const own = found.find((one) => one.rule === rule);
    expect(own?.message).toMatch(message);
    expect(own?.related?.[0]?.file).toBe(CLI);
  });
});

const AJP = (more: string): string =>
  `<Server><Service><Connector port="8009" protocol="AJP/1.3"${more}/><Engine jvmRoute="n1"/></Service></Server>`;
const FRONT = (more: string): string => `<Proxy balancer://shop>
  BalancerMember ajp://app1:8009 route=n1${more}
  BalancerMember ajp://app2:8009 route=n2${more}
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
ProxyPass / balancer://shop/
`;
const JK = (more: string): string => `worker.list=lb
worker.lb.type=lb
worker.lb.balance_workers=n1,n2
worker.n1.type=ajp13
worker.n1.host=app1
worker.n1.port=8009
${more}
worker.n2.type=ajp13
worker.n2.host=app2
worker.n2.port=8009
`;

describe("an AJP connector of Tomcat", () => {
  const asked = async (front: string, server: string): Promise<readonly string[]> => {
    const done = await runCommand(["lint", "httpd.conf", "--node", "server.xml", "--json"], {
      "httpd.conf": front,
      "server.xml": server,
    });
    expect(done.stdout).not.toContain("topmost");
    return told(done).map(({ rule }) => rule);
  };
  const EVERYWHERE = ' address="0.0.0.0"';

  it.each([
    ["no secret", "", ' secret="topmost"', ["node-secret"]],
    ["another secret", " secret=topmost2", ' secret="topmost"', ["node-secret"]],
    ["the secret", " secret=topmost", ' secret="topmost"', []],
    ["a variable of httpd", " secret=${AJP}", ' secret="topmost"', []],
    ["a secret, and the server a variable", " secret=topmost", ' secret="${AJP}"', []],
    ["a secret that nobody asks for", " secret=topmost", ' secretRequired="false"', ["node-ajp-secret"]],
    ["nothing, and nothing is asked", "", ' secretRequired="false"', ["node-ajp-secret"]],
    ["a secret, and the server has none", " secret=topmost", "", ["node-ajp-secret"]],
  ])("is given %s", async (_, member, connector, rules) => {
    const found = await asked(FRONT(member), AJP(`${EVERYWHERE}${connector}`));
    expect(found.filter((rule) => rule.endsWith("secret")).sort()).toEqual(rules);
  });

  it("is on this machine only unless it has an address", async () => {
    expect(await asked(FRONT(" secret=topmost"), AJP(' secret="topmost"'))).toEqual(["node-address"]);
    expect(await asked(FRONT(" secret=topmost"), AJP(` secret="topmost"${EVERYWHERE}`))).toEqual([]);
    const local = FRONT(" secret=topmost")
      .replaceAll(/app[12]/g, "localhost")
      .replace("localhost:8009 route=n2", "localhost:8010 route=n2");
    expect(await asked(local, AJP(' secret="topmost"'))).toEqual([]);
  });

  it("is compared with the workers of mod_jk, too, whose names are routes", async () => {
    const files = { "httpd.conf": "Listen 80\n", "server.xml": AJP(`${EVERYWHERE} secret="topmost"`) };
    const words = ["lint", "httpd.conf", "--node", "server.xml", "--node", "workers.properties", "--json"];
    const right = await runCommand(words, { ...files, "workers.properties": JK("worker.n1.secret=topmost") });
    expect(told(right)).toEqual([]);
    const wrong = told(await runCommand(words, { ...files, "workers.properties": JK("worker.n1.secret=topmost2") }));
    expect(wrong).toMatchObject([{ rule: "node-secret", file: "workers.properties", line: 7 }]);
    const routed = JK("worker.n1.secret=topmost\nworker.n1.route=other")
      .replaceAll("app2", "app1")
      .replace(/8009\n$/, "8010\n");
    const other = told(await runCommand(words, { ...files, "workers.properties": routed }));
    expect(other).toMatchObject([{ rule: "node-route", file: "workers.properties", line: 8 }]);
  });
});

describe("files of servers beside an input", () => {
  const TWO = FRONT("").replaceAll("ajp:", "http:").replaceAll("8009", "8080");
  const WEB = (inside: string): string => `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee">${inside}</web-app>`;

  it("tell that an application's sessions are not copied, where there is more than one server", async () => {
    const asked = async (conf: string, web: string): Promise<readonly string[]> => {
      const files = { "httpd.conf": conf, "app/WEB-INF/web.xml": web };
      return told(await runCommand(["lint", "httpd.conf", "--node", "app", "--json"], files)).map(({ rule }) => rule);
    };
    expect(await asked(TWO, WEB(""))).toEqual(["node-distributable"]);
    expect(await asked(TWO, WEB("<distributable/>"))).toEqual([]);
    expect(await asked(TWO.replace(/.*app2.*\n/, ""), WEB(""))).toEqual([]);
  });

  it("leave open what only the start of a server says, and take it from the option", async () => {
    const xml = `<server xmlns="urn:jboss:domain:20.0"><subsystem xmlns="urn:jboss:domain:undertow:14.0">
      <http-listener name="default" socket-binding="http"/></subsystem>
      <socket-binding-group port-offset="\${jboss.socket.binding.port-offset:0}">
      <socket-binding name="http" port="8080"/></socket-binding-group></server>`;
    const asked = async (node: string): Promise<readonly Told[]> =>
      told(await runCommand(["lint", "httpd.conf", "--node", node, "--json"], { "httpd.conf": TWO, "s.xml": xml }));
    expect(await asked("s.xml")).toEqual([]);
    expect(await asked("n1=s.xml")).toEqual([]);
    expect(await asked("s.xml,jboss.node.name=n1")).toEqual([]);
    expect(await asked("s.xml,jboss.node.name=other")).toMatchObject([{ rule: "node-route" }]);
    expect(await asked("n1=s.xml,-Djboss.socket.binding.port-offset=300")).toMatchObject([{ rule: "node-port" }]);
    expect(await asked("s.xml,jboss.socket.binding.port-offset=300")).toMatchObject([{ rule: "node-unasked" }]);
  });

  it("are read beside a spec, too, whose lines are then the place", async () => {
    const files = await rendered("tomcat");
    const changed = replaced(files, ONE, 'jvmRoute="node1"', 'jvmRoute="n1"');
    const done = await runCommand(["lint", "spec.yaml", "--node", "out/nodes", "--json"], {
      ...changed,
      "spec.yaml": spec("tomcat"),
    });
    expect(told(done)).toMatchObject([{ rule: "node-route", file: "spec.yaml", related: [{ file: ONE }] }]);
  });

  it("are named in SARIF as related places, and each baseline holds them", async () => {
    const files = replaced(await rendered("tomcat"), ONE, 'port="8380"', 'port="8381"');
    const words = ["lint", "out/httpd.conf", "--node", "out/nodes"];
    const sarif = await runCommand([...words, "--format", "sarif"], files);
    expect(sarif.stdout).toContain('"relatedLocations"');
    const kept = await runCommand([...words, "--write-baseline", "base.json"], files);
    const again = await runCommand([...words, "--baseline", "base.json"], kept.files);
    expect(again.status).toBe(0);
  });

  it("are told of by import, with what differs as questions, and the description is that of httpd.conf", async () => {
    const files = replaced(await rendered("tomcat"), ONE, 'jvmRoute="node1"', 'jvmRoute="n1"');
    const words = ["import", "out/httpd.conf", "--to", "yaml"];
    const alone = await runCommand(words, files);
    const both = await runCommand([...words, "--node", "out/nodes"], files);
    expect(both.stdout).toBe(alone.stdout);
    expect(both.stderr).toContain(`${ONE}:6: note: Tomcat; sessions end with 'n1'; speaks http at 8380`);
    expect(both.stderr).toMatch(/out\/httpd\.conf:\d+: question: route of member .*'n1' .*\(node-route\)/);
  });

  it.each([
    ["is not there", "gone.xml", 2, "gone.xml"],
    ["is another file", "httpd.conf", 2, "name a file of an application server"],
    ["is an empty folder", "empty", 2, "holds no server.xml"],
    ["has several configurations", "wf", 2, "name the one that the server is started with"],
    ["is started with half a property", "server.xml,x", 2, "write FILE,PROPERTY=VALUE"],
    ["is broken", "broken.xml", 2, "broken.xml:1:"],
  ])("that %s is refused in words", async (_, node, status, words) => {
    const files = {
      "httpd.conf": TWO,
      "server.xml": AJP(""),
      "broken.xml": "<Server>",
      "empty/readme": "",
      "wf/standalone.xml": "<server/>",
      "wf/standalone-ha.xml": "<server/>",
    };
    const done = await runCommand(["lint", "httpd.conf", "--node", node], files);
    expect([done.status, done.stderr]).toEqual([status, expect.stringContaining(words)]);
  });
});
