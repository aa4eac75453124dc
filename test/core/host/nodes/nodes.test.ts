import { describe, expect, test } from "vitest";
import { nodePlan } from "../../../../core/host/nodes/node-plan.js";
import { withNodes } from "../../../../core/host/nodes/render-nodes.js";
import { renderTopology } from "../../../../core/render/render.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import { copiesAfter } from "../../../../core/topology/surviving-copies.js";
import type { Topology } from "../../../../core/topology/topology.js";
import type { HostPlan } from "../../../../core/host/plan.js";

interface Words {
  readonly node1?: string;
  readonly node3?: string;
  readonly member1?: string;
  readonly group?: string;
  readonly more?: string;
}

/** The article with its application servers; each word stands in the place it is named for. */
function specOf(server: string, words: Words = {}): string {
  const { node1 = "", node3 = ", replicationGroup: sessions", member1 = "", group = "{}", more = "" } = words;
  return `nodes:
  node1: { server: ${server}, portOffset: 300, replicationGroup: sessions${node1} }
  node2: { server: ${server}, portOffset: 500, replicationGroup: sessions }
  node3: { server: ${server}, portOffset: 400${node3} }
replicationGroups:
  sessions: ${group}
clusters:
  shop:
    stickysession: JSESSIONID|jsessionid
${more}    members:
      node1: { retry: 10s${member1} }
      node2: { loadfactor: 5 }
      node3: { role: standby }
servers:
  web: { listen: [80], mounts: { /: shop } }
`;
}

function topologyOf(spec: string): Topology {
  const reading = readSpec(spec, "nodes.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
}

function planOf(spec: string, name: string): HostPlan {
  const topology = topologyOf(spec);
  return nodePlan(
    topology,
    topology.nodes!.find((node) => node.name === name)!,
  );
}

function textOf(plan: HostPlan, ending: string): string {
  return plan.files.find(({ path }) => path.endsWith(ending))!.text as string;
}

describe("a member of a node's name", () => {
  test("takes address, route and group from the node, and a standby takes no route, which would keep its sessions", () => {
    const [cluster] = topologyOf(specOf("wildfly")).clusters;
    expect(
      cluster!.members.map(({ url, parameters, replicationGroup }) => [url, parameters.route, replicationGroup]),
    ).toEqual([
      ["http://localhost:8380", "node1", "sessions"],
      ["http://localhost:8580", "node2", "sessions"],
      ["http://localhost:8480", undefined, "sessions"],
    ]);
  });

  test("keeps what it says itself", () => {
    const [cluster] = topologyOf(specOf("tomcat", { member1: ", url: 'http://other:1', route: mine" })).clusters;
    expect(cluster!.members[0]).toMatchObject({ url: "http://other:1", parameters: { route: "mine" } });
  });
});

describe("the plan of a node", () => {
  test.each(["wildfly", "tomcat"])(
    "of %s opens its port to fronts, copies to its group, and operators from its own machine",
    (server) => {
      const { ports, egress, drain, kind } = planOf(specOf(server), "node1");
      expect(kind).toBe("node");
      expect(ports.map(({ number, from }) => [number, from])).toEqual(
        server === "wildfly"
          ? [
              [8380, "fronts"],
              [7900, "nodes"],
              [10_290, "operators"],
            ]
          : [
              [8380, "fronts"],
              [4300, "nodes"],
            ],
      );
      expect(ports.every(({ address }) => address === "127.0.0.1")).toBe(true);
      expect(egress.map(({ member, port }) => [member, port])).toEqual(
        server === "wildfly"
          ? [
              ["node2", 8100],
              ["node3", 8000],
            ]
          : [
              ["node2", 4500],
              ["node3", 4400],
            ],
      );
      expect(drain).toMatchObject({ signal: "SIGTERM" });
    },
  );

  test("of a WildFly serves when its own readiness says so, of others when the page does", () => {
    expect(planOf(specOf("wildfly"), "node1").health).toMatchObject({
      port: 10_290,
      path: "/health/ready",
      failsFrom: 300,
    });
    expect(planOf(specOf("tomcat", { node1: ", healthPath: /app/up" }), "node1").health).toMatchObject({
      port: 8380,
      path: "/app/up",
      failsFrom: 400,
    });
  });

  test("lists the same members of the group for every Tomcat, each under the same id", () => {
    const ids = ["node1", "node2", "node3"].map((name) => {
      const text = textOf(planOf(specOf("tomcat"), name), "server.xml");
      const own = /<LocalMember [^>]*uniqueId="([^"]+)"/.exec(text)?.at(1) ?? "";
      const others = [...text.matchAll(/<Member [^>]*port="(\d+)"[^>]*uniqueId="([^"]+)"/g)];
      return { own, others: Object.fromEntries<string>(others.map(([, port, id]) => [port ?? "", id ?? ""])) };
    });
    expect(ids.map(({ own }) => own)).toEqual([1, 2, 3].map((id) => `{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,${id}}`));
    expect(ids[0]!.others).toEqual({ 4500: ids[1]!.own, 4400: ids[2]!.own });
    expect(ids[2]!.others).toEqual({ 4300: ids[0]!.own, 4500: ids[1]!.own });
  });

  test("gives a Tomcat a jvmRoute only where httpd has routes: alone it loses sessions", () => {
    const routed = textOf(planOf(specOf("tomcat"), "node1"), "server.xml");
    expect(routed).toContain('jvmRoute="node1"');
    const bare = specOf("tomcat")
      .replace("retry: 10s", "url: 'http://localhost:8380'")
      .replace("loadfactor: 5", "url: 'http://localhost:8580'");
    expect(textOf(planOf(bare, "node1"), "server.xml")).not.toContain("oute");
  });

  test("writes the AJP secret as a reference to the variable that the front's form names, too", () => {
    const spec = specOf("tomcat", { node1: ", protocol: ajp", member1: ", secret: hush" });
    const plan = planOf(spec, "node1");
    expect(plan.variables).toEqual([{ name: "SHOP_NODE1_SECRET", what: "secret of shop node1" }]);
    expect(textOf(plan, "server.xml")).toContain(
      'port="8309" address="127.0.0.1" protocol="AJP/1.3" bindOnInit="false" secretRequired="true" secret="${SHOP_NODE1_SECRET}"',
    );
    expect(JSON.stringify(plan)).not.toContain("hush");
  });

  test("of a Tomcat behind AJP asks over HTTP, from its own machine only, whether its application serves", () => {
    const words = { node1: ", protocol: ajp, host: app1", member1: ", secret: hush" };
    const plan = planOf(specOf("tomcat", words), "node1");
    expect(plan.health).toMatchObject({ address: "127.0.0.1", port: 8380 });
    expect(plan.ports.map(({ number, address, from }) => [number, address, from])).toEqual([
      [8309, undefined, "fronts"],
      [4300, undefined, "nodes"],
      [8380, "127.0.0.1", "operators"],
    ]);
    const text = textOf(plan, "server.xml");
    expect(text).toContain('port="8380" address="127.0.0.1" protocol="HTTP/1.1"');
    expect(text).toContain('port="8309" address="0.0.0.0" protocol="AJP/1.3"');
    // Ports are opened in the file's order: what answers over HTTP speaks AJP already.
    expect(text.indexOf("AJP/1.3")).toBeLessThan(text.indexOf("HTTP/1.1"));
  });

  test("tells a WildFly its offset, its route, its peers and how many hold a session", () => {
    const script = textOf(planOf(specOf("wildfly", { group: "{ copies: 2 }" }), "node3"), "node.cli");
    expect(script).toContain("port-offset,value=400");
    expect(script).toContain("instance-id,value=node3");
    expect(script).toContain("socket-bindings=[jg-node1,jg-node2,jg-node3]");
    expect(script).toContain("owners,value=2");
    expect([...script.matchAll(/^if /gm)].length).toBe([...script.matchAll(/^end-if$/gm)].length);
  });

  test("is files beside the httpd.conf", () => {
    const topology = topologyOf(specOf("tomcat"));
    const rendered = withNodes(topology, renderTopology(topology));
    expect(rendered.ok && rendered.files.map(({ path }) => path).slice(0, 3)).toEqual([
      "httpd.conf",
      "nodes/node1/server.xml",
      "nodes/node1/node1.service",
    ]);
  });
});

describe("what is wrong with nodes is told once, at the place that can be mended", () => {
  test.each([
    [
      "one offset on one host",
      specOf("tomcat", { node3: ", replicationGroup: sessions" }).replace("400", "300"),
      "/nodes/node3/portOffset",
      "node 'node1'",
    ],
    [
      "a port that the front listens on",
      specOf("tomcat").replace("[80]", "[8380]"),
      "/nodes/node1/portOffset",
      "server 'web'",
    ],
    [
      "a port that the front listens on at its address",
      specOf("tomcat", { node1: ", host: 10.0.0.1" }).replace("[80]", '["10.0.0.1:8380"]'),
      "/nodes/node1/portOffset",
      "server 'web'",
    ],
    [
      "one port on one host",
      specOf("tomcat", { node1: ", port: 8580" }),
      "/nodes/node2/portOffset",
      "port 8580 of 'localhost', which node 'node1' has",
    ],
    [
      "two members of one route",
      specOf("tomcat", { member1: ", route: node2" }),
      "/clusters/shop/members/node2",
      "the same route as member 'node1'",
    ],
    [
      "a route that its server does not write",
      specOf("tomcat", { member1: ", route: other" }),
      "/clusters/shop/members/node1/route",
      "node 'node1' writes into its sessions",
    ],
    [
      "a route with a dot",
      specOf("wildfly", { member1: ", route: no.de1" }),
      "/clusters/shop/members/node1/route",
      "leave route out",
    ],
    [
      "a standby outside of the group",
      specOf("tomcat", { node3: "" }),
      "/clusters/shop/members/node3",
      "standby 'node3'",
    ],
    [
      "too few copies for the promise",
      specOf("wildfly", { group: "{ copies: 2 }", more: "    promises: [sessions]\n" }),
      "/replicationGroups/sessions/copies",
      "copies: 3",
    ],
    [
      "a group that is not there",
      specOf("tomcat").replace("sessions: {}", "other: {}"),
      "/nodes/node1/replicationGroup",
      "other",
    ],
    ["AJP without a secret", specOf("tomcat", { node1: ", protocol: ajp" }), "/clusters/shop/members/node1", "secret"],
    [
      "AJP to WildFly",
      specOf("wildfly", { node1: ", protocol: ajp", member1: ", secret: x" }),
      "/nodes/node1/protocol",
      "http",
    ],
  ])("%s", (_, spec, at, word) => {
    const reading = readSpec(spec, "nodes.yaml");
    const [first] = reading.ok ? [] : reading.problems;
    expect(JSON.stringify(first)).toContain(word);
    const lines = spec.split("\n");
    const steps = at.split("/").slice(1);
    expect(steps.some((step) => lines[first!.line - 1]?.includes(step))).toBe(true);
  });

  test("a name with a dot, behind which httpd looks for a route", () => {
    const reading = readSpec(specOf("tomcat").replaceAll("node1", "no.de1"), "nodes.yaml");
    expect(reading.ok ? [] : reading.problems.map(({ subject }) => subject)).toContain("name of node 'no.de1'");
  });

  test("servers of two kinds in one group", () => {
    const reading = readSpec(
      specOf("tomcat").replace("node3: { server: tomcat", "node3: { server: wildfly"),
      "nodes.yaml",
    );
    expect(reading.ok ? [] : reading.problems.map(({ found }) => found)).toContain("'wildfly'");
  });
});

describe("a session after nodes are gone", () => {
  const { nodes = [] } = topologyOf(specOf("wildfly"));

  test("is on every node that is left where all hold it", () => {
    expect(copiesAfter(nodes, [{ name: "sessions" }], "node1", ["node1", "node2"])).toEqual({
      holders: ["node3"],
      kept: "certain",
    });
    expect(copiesAfter(nodes, [], "node1", ["node1", "node2", "node3"]).kept).toBe("lost");
  });

  test("of two copies outlives one node, and may be lost with two", () => {
    const two = [{ name: "sessions", copies: 2 }];
    expect(copiesAfter(nodes, two, "node1", ["node1"]).kept).toBe("certain");
    expect(copiesAfter(nodes, two, "node1", ["node1", "node2"]).kept).toBe("possible");
    expect(copiesAfter(nodes, two, "node3", ["node1", "node2"]).kept).toBe("certain");
  });

  test("without copies goes with its node", () => {
    expect(copiesAfter(nodes, [{ name: "sessions", copies: 1 }], "node1", ["node1"]).kept).toBe("lost");
    const alone = [{ name: "a", server: "tomcat" }] as const;
    expect(copiesAfter(alone, [], "a", ["a"]).kept).toBe("lost");
  });
});
