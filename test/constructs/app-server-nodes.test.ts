import { describe, expect, test } from "vitest";
import { GenericNode } from "../../constructs/app-servers/generic-node.js";
import { ReplicationGroup } from "../../constructs/app-servers/replication-group.js";
import { TomcatNode } from "../../constructs/app-servers/tomcat-node.js";
import { WildFlyNode } from "../../constructs/app-servers/wildfly-node.js";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { seconds } from "../../core/vocabulary/duration.js";
import { project } from "../support/synthesis.js";

describe("application servers as constructs", () => {
  test("give their members address, route and group; a standby takes no route, which would keep its sessions", () => {
    const stack = project().stack("shop");
    const group = new ReplicationGroup(stack, "sessions");
    const node1 = new WildFlyNode(stack, "node1", { portOffset: 300, group });
    const node3 = new WildFlyNode(stack, "node3", { portOffset: 400, group });
    const cluster = new BalancerCluster(stack, "mycluster", { stickysession: "JSESSIONID|jsessionid" });
    cluster.addMember(node1, { retry: seconds(10) }).addStandby(node3);
    expect(cluster.describe().members).toEqual([
      {
        name: "node1",
        url: "http://localhost:8380",
        parameters: { route: "node1", retry: seconds(10) },
        replicationGroup: "sessions",
      },
      { name: "node3", url: "http://localhost:8480", parameters: { status: "+H" }, replicationGroup: "sessions" },
    ]);
  });

  test("plan their machines with all nodes of the group, also those that were made later", () => {
    const stack = project().stack("shop");
    const group = new ReplicationGroup(stack, "sessions", { copies: 2 });
    const first = new TomcatNode(stack, "a", { portOffset: 1, group });
    new TomcatNode(stack, "b", { portOffset: 2, group });
    const plan = first.plan();
    expect(plan.egress.map(({ member }) => member)).toEqual(["b"]);
    expect(plan.files.map(({ path }) => path)).toEqual(["/etc/a/server.xml", "/etc/systemd/system/a.service"]);
  });

  test("ask for the AJP secret of the cluster by a variable", () => {
    const stack = project().stack("shop");
    const node = new TomcatNode(stack, "a", { protocol: "ajp" });
    new BalancerCluster(stack, "shop").addMember(node, { secret: "hush" });
    const plan = node.plan();
    expect(plan.variables?.map(({ name }) => name)).toEqual(["SHOP_A_SECRET"]);
    expect(JSON.stringify(plan)).not.toContain("hush");
  });

  test("are refused at the call: a port of another, a server of another kind, a name that is no route", () => {
    const stack = project().stack("shop");
    const group = new ReplicationGroup(stack, "sessions");
    new TomcatNode(stack, "a", { portOffset: 1, group });
    expect(() => new TomcatNode(stack, "b", { portOffset: 1, group })).toThrow("node 'a' has");
    expect(() => new WildFlyNode(stack, "c", { portOffset: 2, group })).toThrow("allowed is tomcat");
    expect(() => new GenericNode(stack, "d.e")).toThrow("name of node 'd.e'");
    expect(group.nodes.map(({ name }) => name)).toEqual(["a"]);
  });

  test("that are set up elsewhere have no files", () => {
    const node = new GenericNode(project().stack("shop"), "old", { host: "10.0.0.9", port: 9000 });
    expect([node.url, node.plan().files]).toEqual(["http://10.0.0.9:9000", []]);
  });
});
