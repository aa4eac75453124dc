import { describe, expect, it } from "vitest";
import type { Cluster } from "../../../../core/topology/topology.js";
import { seconds } from "../../../../core/vocabulary/duration.js";
import { clusterOf, loadFixture, readText } from "../../../support/conf-fixtures.js";
import { routed } from "../../../support/routing.js";

/** Members as `url key=value`, what is set only. */
function members({ members: list }: Cluster): readonly unknown[] {
  return list.map(({ url, parameters }) => [url, parameters]);
}

function verdicts(name: string, verdict: string): readonly string[] {
  return loadFixture(name)
    .lines.filter((line) => line.verdict === verdict)
    .map(({ text }) => text);
}

describe("balancers of an httpd.conf", () => {
  it("take what is said outside of their section, and the last value of each parameter", () => {
    const { topology } = loadFixture("proxyset-outside.conf");
    const { parameters } = clusterOf(topology, "outside");
    expect(parameters).toEqual({ stickysession: "A|b", failonstatus: [502] });
    const plain = topology.servers[0]?.mounts.find(({ path }) => path === "/plain");
    expect(plain?.to).toEqual({
      kind: "url",
      url: "http://10.7.0.9:8080/plain",
      parameters: { retry: seconds(4), timeout: seconds(7) },
    });
  });

  it("take the arguments of <Proxy> after what stands in the section, and those of ProxyPass after both", () => {
    const { topology } = loadFixture("arguments-on-proxy.conf");
    expect(clusterOf(topology, "late").parameters).toEqual({
      lbmethod: "bybusyness",
      nofailover: true,
      timeout: seconds(4),
      stickysession: "ROUTE",
    });
    expect(clusterOf(topology, "later").parameters).toEqual({
      lbmethod: "bytraffic",
      forcerecovery: false,
      maxattempts: 1,
    });
  });

  it("have all members that name them, wherever they stand, in the order of the file", () => {
    const { topology } = loadFixture("members-only.conf");
    expect(members(clusterOf(topology, "loose"))).toEqual([
      ["http://10.3.0.1:8080", { loadfactor: 4 }],
      ["http://10.3.0.2:8080", {}],
      ["http://10.3.0.3:8080", { status: "+R" }],
      ["http://10.3.0.4:8080", { lbset: 1 }],
    ]);
    expect(topology.servers[0]?.extra).toBeUndefined();
  });

  it("have members from included files", () => {
    const { topology, locate } = loadFixture("include-in-proxy/httpd.conf");
    const pool = clusterOf(topology, "pool");
    expect(pool.members.map(({ parameters }) => parameters.route)).toEqual(["one", "two", "three"]);
    expect(pool.parameters).toEqual({ maxattempts: 2 });
    expect(locate("/clusters/0/members/1/parameters/loadfactor")).toMatchObject({
      file: expect.stringMatching(/members\/more-a\.conf$/) as string,
      line: 1,
      column: 47,
    });
  });

  it("lose members that share the worker of an earlier one, as httpd does", () => {
    const { topology } = loadFixture("shared-workers.conf");
    expect(members(clusterOf(topology, "shared"))).toEqual([
      ["http://10.6.0.1:8080", { loadfactor: 2 }],
      ["http://10.6.0.2:8080/app/one", {}],
      ["http://10.6.0.2:8080/app", {}],
      ["http://10.6.0.2:8080", { status: "+H" }],
    ]);
    expect(verdicts("shared-workers.conf", "ignored")).toEqual([
      "BalancerMember http://10.6.0.1:8080/app loadfactor=50",
    ]);
  });

  it("tell members on unix sockets apart by the host behind the socket only", () => {
    const { topology } = loadFixture("unix-sockets.conf");
    expect(clusterOf(topology, "sockets").members.map(({ url }) => url)).toEqual([
      "unix:/run/one.sock|http://one",
      "unix:/run/two.sock|http://two",
    ]);
  });

  it("are named in lower case, members as they are written", () => {
    const { topology } = loadFixture("odd-case.conf");
    expect(topology.clusters.map(({ name }) => name)).toEqual(["upper"]);
    expect(members(clusterOf(topology, "upper"))).toEqual([
      ["HTTP://LocalHost:8080", { loadfactor: 2, retry: seconds(3) }],
      ["http://localhost:8081/App", { status: "+H" }],
    ]);
    expect(clusterOf(topology, "upper").parameters).toEqual({ lbmethod: "byrequests", nofailover: true });
  });

  it("have the numbers httpd reads, whatever was written", () => {
    const { topology } = loadFixture("many-errors-of-httpd.conf");
    expect(members(clusterOf(topology, "accepted"))).toEqual([
      ["http://10.15.0.1:8080", { retry: seconds(5), loadfactor: 5, timeout: seconds(1) }],
      ["http://10.15.0.2:8080", { loadfactor: 1.23, retry: seconds(0) }],
      ["http://10.15.0.3:8080", { loadfactor: 16, retry: seconds(2) }],
    ]);
    expect(clusterOf(topology, "accepted").parameters).toEqual({ maxattempts: 0, lbmethod: "byrequests" });
  });

  it("that nobody defines are empty ones where a ProxyPass names them", () => {
    const { topology } = loadFixture("shadowed.conf");
    expect(clusterOf(topology, "nowhere").members).toEqual([]);
  });

  it("keep quotes that nobody closes to the end of the line", () => {
    const { topology } = loadFixture("unclosed-quote.conf");
    expect(members(clusterOf(topology, "open"))).toEqual([
      ["http://10.4.0.1:8080", {}],
      ["http://10.4.0.2:8080", { route: "a b" }],
    ]);
  });

  it("are read over carriage returns, tabs, continued lines and bytes that are no UTF-8", () => {
    const { topology, locate } = loadFixture("crlf.conf");
    expect(members(clusterOf(topology, "lines"))).toEqual([
      ["http://10.18.0.1:8080", { retry: seconds(5) }],
      ["http://10.18.0.2:8080", { loadfactor: 2 }],
    ]);
    expect(locate("/clusters/0/members/0/parameters/retry")).toMatchObject({ line: 6, column: 3 });
  });

  it("are written out of macros and variables", () => {
    const { topology, locate } = loadFixture("macro.conf");
    expect(topology.clusters.map(({ name, members: list }) => [name, list.map(({ url }) => url)])).toEqual([
      ["left", ["http://10.16.0.1:8080", "http://10.16.0.2:8080"]],
      ["right", ["http://10.16.0.3:8080", "http://10.16.0.4:8080"]],
    ]);
    expect(locate("/clusters/1/members/0")).toMatchObject({ line: 10 });
  });
});

describe("health checks of an httpd.conf", () => {
  it("overwrite with their template what stands before it, and nothing behind it", () => {
    const { topology } = loadFixture("health-checks.conf");
    expect(topology.healthCheckTemplates.map(({ name }) => name)).toEqual(["often"]);
    expect(topology.healthCheckExpressions).toEqual([{ name: "alive", expression: "%{REQUEST_STATUS} =~ /^[234]/" }]);
    const parameters = clusterOf(topology, "checked").members.map((member) => member.parameters);
    expect(parameters).toEqual([
      { hctemplate: "often", hcfails: 3 },
      { hctemplate: "often" },
      { hcmethod: "TCP", hcinterval: seconds(5), status: "+H" },
    ]);
    expect(topology.servers[0]?.settings).toEqual({ proxyhctpsize: 8 });
  });
});

describe("virtual hosts of an httpd.conf", () => {
  it("have balancers of their own beside those of the main server", () => {
    const { topology } = loadFixture("vhost-balancers.conf");
    const [server] = topology.servers;
    expect(topology.clusters.map(({ name, scope, members: list }) => [name, scope, list.length])).toEqual([
      ["common", undefined, 2],
      ["own", "one.example", 2],
      ["own", "two.example", 2],
    ]);
    expect(server?.listen.map(({ port }) => port)).toEqual([8080, 8081]);
    expect(server?.virtualHosts.map(({ name, serverAliases }) => [name, serverAliases])).toEqual([
      ["one.example", undefined],
      ["two.example", ["*.two.example"]],
    ]);
    const answered = (port: number, path: string) => {
      const routing = routed(topology, { path, port });
      return routing.kind === "cluster" ? routing.seen.cluster.members[0]?.url : routing.kind;
    };
    expect(answered(8080, "/")).toBe("http://10.8.1.1:8080");
    expect(answered(8081, "/")).toBe("http://10.8.2.1:8080");
    expect(answered(8081, "/common/x")).toBe("http://10.8.0.1:8080");
  });

  it("share the main server's members: theirs are dropped, their settings hold", () => {
    const { topology, lines } = loadFixture("vhost-settings.conf");
    expect(topology.clusters).toHaveLength(1);
    expect(clusterOf(topology, "app").members).toHaveLength(2);
    expect(clusterOf(topology, "app").parameters).toEqual({ stickysession: "SID", nofailover: true });
    expect(lines.filter(({ verdict }) => verdict === "ignored").map(({ place }) => place.line)).toEqual([8]);
  });

  it("keep settings that the main server does not share to themselves", () => {
    const { topology } = loadFixture("vhost-difference.conf");
    const seen = (request: { path: string; port?: number }) => {
      const routing = routed(topology, request);
      return routing.kind === "cluster" ? [routing.seen.at, routing.seen.cluster.parameters] : routing.kind;
    };
    expect(clusterOf(topology, "app").parameters).toEqual({});
    expect(clusterOf(topology, "app", "app.example").parameters).toEqual({ stickysession: "SID" });
    expect(seen({ path: "/x" })).toEqual([0, { stickysession: "SID" }]);
    expect(seen({ path: "/main/x", port: 8080 })).toEqual([0, {}]);
  });
});

describe("mounts of an httpd.conf", () => {
  it("keep their order where it decides", () => {
    const [server] = loadFixture("shadowed.conf").topology.servers;
    expect(server?.mounts.map(({ path }) => path)).toEqual(["^/private", "/app", "/app/deep", "/app", "/private/open"]);
    expect(server?.mountOrder).toBe("given");
    expect(loadFixture("twins.conf").topology.servers[0]?.mountOrder).toBeUndefined();
  });

  it("in sections are mounts with their reverse mappings, cookies and access; the rest is kept", () => {
    const [server] = loadFixture("locations.conf").topology.servers;
    const app = server?.mounts.find(({ path }) => path === "/app");
    expect(app).toEqual({
      path: "/app",
      to: { kind: "cluster", cluster: "located", path: "/app" },
      inLocation: true,
      cookiePaths: [{ internal: "/app", public: "/app" }],
      access: { kind: "addresses", addresses: ["10.0.0.0/8", "127.0.0.0/8"] },
    });
    expect(server?.extra).toEqual(["<Location /app>", "  Header set X-Front yes", "</Location>"]);
    expect(server?.mounts.find(({ path }) => path === "/app/none")?.to).toEqual({ kind: "exclude" });
  });

  it("made by RewriteRule and SetHandler are known, and their lines are kept", () => {
    const { topology, lines } = loadFixture("rewrite.conf");
    const [server] = topology.servers;
    expect(server?.mounts.map(({ path, via }) => [path, via])).toEqual([
      ["(?i)^/OLD/(.*)$", "rewrite"],
      ["/handled", "handler"],
      ["/rest", undefined],
    ]);
    expect(server?.extra?.filter((line) => line.startsWith("Rewrite"))).toHaveLength(4);
    const conditional = lines.find(({ text }) => text.includes("ws://"));
    expect(conditional?.why).toMatch(/its conditions decide when it proxies/);
  });

  it("give their workers the parameters that were said first", () => {
    const { topology } = readText("ProxyPass /a http://h:1 retry=1\nProxyPass /b http://h:1/b retry=2 timeout=3\n");
    const parameters = topology.servers[0]?.mounts.map(({ to }) => (to.kind === "url" ? to.parameters : undefined));
    expect(parameters).toEqual([{ retry: seconds(1) }, { retry: seconds(1) }]);
  });
});

describe("a report on an httpd.conf", () => {
  it("has a word on every directive, once", () => {
    const { lines } = loadFixture("debian");
    const text = lines.map((line) => `${line.verdict} ${line.text}`);
    expect(text).toContain("understood BalancerMember http://10.17.0.1:8080 route=one");
    expect(text).toContain("kept Alias /files /srv/files");
    expect(text).toContain("understood Listen 8080");
    expect(text.filter((line) => line.includes("RewriteEngine") || line.includes("8443"))).toEqual([]);
    const places = lines.map(({ place }) => `${place.file}:${place.line}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
