import { inspect } from "node:util";
import { TerraformVariable, Testing } from "cdktf";
import { describe, expect, test, vi } from "vitest";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { BalancerNode } from "../../constructs/balancer-node.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import type { MemberOptions } from "../../constructs/member-options.js";
import { terraformText, textOf } from "../../constructs/text.js";
import { Promises } from "../../core/promises/promise.js";
import { millis, seconds } from "../../core/vocabulary/duration.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { project } from "../support/synthesis.js";

const url = "http://app1:8080";

/** A cluster in the stack `shop`. */
function cluster(props: ConstructorParameters<typeof BalancerCluster>[2] = {}): BalancerCluster {
  return new BalancerCluster(project().stack("shop"), "mycluster", props);
}

describe("BalancerCluster", () => {
  test("describes members in the order they were added, with their roles as status letters", () => {
    const described = cluster({ stickysession: "JSESSIONID|jsessionid" })
      .addMember("node1", { url: "http://a:1", loadfactor: 5, retry: seconds(10), zone: "east" })
      .addStandby("node3", { url: "http://c:1" })
      .addSpare("node2", { url: "http://b:1", capacity: 100 })
      .describe();
    expect(described).toEqual({
      name: "mycluster",
      parameters: { stickysession: "JSESSIONID|jsessionid" },
      members: [
        { name: "node1", url: "http://a:1", parameters: { loadfactor: 5, retry: seconds(10) }, zone: "east" },
        { name: "node3", url: "http://c:1", parameters: { status: "+H" } },
        { name: "node2", url: "http://b:1", parameters: { status: "+R" }, capacity: 100 },
      ],
    });
  });

  test("keeps promises and acknowledgements for the checkers", () => {
    const described = cluster()
      .promise(Promises.alwaysServed(), Promises.failbackWithin(seconds(15)), Promises.share("node2", { about: 0.5 }))
      .acknowledge("health-check-set", "the application has no cheap page")
      .describe();
    expect(described.promises).toEqual([
      { id: "always-served" },
      { id: "failback", parameters: { within: "15s" } },
      { id: "share", parameters: { member: "node2", about: 0.5 } },
    ]);
    expect(described.acknowledged).toEqual([{ id: "health-check-set", reason: "the application has no cheap page" }]);
  });

  test("takes a node's address, route and facts; the call's own values win", () => {
    const stack = project().stack("shop");
    const node = new BalancerNode(stack, "app1", { url, route: "r1", zone: "east" });
    const plain = new BalancerNode(stack, "app2", { url: "ajp://app2:8009" });
    const described = new BalancerCluster(stack, "c")
      .addMember(node, { zone: "west", lbset: 1 })
      .addStandby(plain)
      .addMember(new BalancerNode(stack, "again", { url, route: "r1", zone: "east" }), {
        url: "http://app3:8080",
        route: "r3",
      })
      .describe();
    expect(described.members).toEqual([
      { name: "app1", url, parameters: { route: "r1", lbset: 1 }, zone: "west" },
      { name: "app2", url: "ajp://app2:8009", parameters: { status: "+H" } },
      { name: "again", url: "http://app3:8080", parameters: { route: "r3" }, zone: "east" },
    ]);
  });

  test("an address known only at apply is a hole in a literal URL", () => {
    const stack = project().stack("shop");
    const host = new TerraformVariable(stack, "host", {}).stringValue;
    const described = new BalancerCluster(stack, "c").addMember("a", { url: `http://${host}:8080` }).describe();
    expect(described.members[0]?.url).toEqual(["http://", { deferred: "shop/c/a/url/1" }, ":8080"]);
  });
});

describe("a wrong value throws at the call that gave it, with the construct path", () => {
  const members: readonly (readonly [string, string, MemberOptions, string])[] = [
    ["a weight beyond 100", "a", { url, loadfactor: 400 }, "loadfactor of member 'a': found 400"],
    ["a part of a second where httpd reads seconds", "a", { url, retry: millis(1500) }, "retry of member 'a'"],
    ["a bare number as a time", "a", { url, retry: 10 } as unknown as MemberOptions, "retry of member 'a'"],
    ["a misspelt parameter", "a", { url, loadfaktor: 2 } as MemberOptions, "did you mean 'loadfactor'?"],
    ["a second port in a URL", "a", { url: "http://localhost::8480" }, "url of member 'a'"],
    ["an unknown scheme", "a", { url: "htp://app1" }, "did you mean 'http'?"],
    ["no URL", "a", {}, "url of member 'a'"],
    ["a line break in a route", "a", { url, route: "r1\nRequire all granted" }, "route of member 'a'"],
    ["a taken name", "taken", { url }, "the same name as member 'taken'"],
    ["a taken route", "a", { url, route: "r9" }, "the same route as member 'taken'"],
  ];

  test.each(members)("%s", (_title, name, options, message) => {
    const shop = cluster().addMember("taken", { url: "http://taken:1", route: "r9" });
    expect(() => shop.addMember(name, options)).toThrow(`[shop/mycluster] `);
    expect(() => shop.addMember(name, options)).toThrow(message);
    expect(shop.describe().members).toHaveLength(1);
  });

  test("a secret that is too long is not shown", () => {
    const secret = "x".repeat(64);
    expect(() => cluster().addMember("a", { url: "ajp://a:8009", secret })).toThrow("a secret (not shown)");
    expect(() => cluster().addMember("a", { url: "ajp://a:8009", secret })).not.toThrow(secret);
  });

  test("a balancer parameter in the constructor", () => {
    // @ts-expect-error -- a method that httpd has not
    expect(() => cluster({ lbmethod: "byrequest" })).toThrow("[shop/mycluster] lbmethod of cluster 'mycluster'");
  });

  test.each([
    ["out-of-service-recovry", "why", "did you mean 'out-of-service-recovery'?"],
    ["allways-served", "why", "did you mean 'always-served'?"],
    ["nosuch", "why", "`httpd-balancer lint --rules` lists them"],
    ["nonce-none", "  ", "found no reason"],
  ])("an acknowledgement of what cannot be found, or without a reason: %s", (id, reason, mend) => {
    const shop = cluster();
    const call = (): unknown => shop.acknowledge(id, reason);
    expect(call).toThrow(`[shop/mycluster] acknowledge '${id}': found `);
    expect(call).toThrow(mend);
    expect(() => new HttpdServer(project().stack("s"), "web").acknowledge(id, reason)).toThrow(mend);
    expect(shop.describe().acknowledged).toBeUndefined();
  });

  test("a name that httpd would change", () => {
    expect(() => cluster({ clusterName: "MyCluster" })).toThrow(
      "[shop/mycluster] name of a cluster: found 'MyCluster'",
    );
  });
});

describe("a wrong health check throws at the call that gave it", () => {
  const parameters = { hcmethod: "HEAD" } as const;

  test.each<[string, (shop: BalancerCluster) => unknown, string]>([
    [
      "a name with a blank",
      (shop) => shop.addHealthCheckTemplate("a b", parameters),
      "name of a health-check template",
    ],
    ["a taken name", (shop) => shop.addHealthCheckTemplate("TAKEN", parameters), "the name of an earlier one"],
    ["too short an interval", (shop) => shop.addHealthCheckTemplate("a", { hcinterval: millis(99) }), "hcinterval"],
    ["a line break in an expression", (shop) => shop.addHealthCheckExpression("a", "true\nfalse"), '"true\\nfalse"'],
  ])("%s", (_title, act, message) => {
    const shop = cluster().addHealthCheckTemplate("taken", { hcexpr: "defined-later" });
    expect(() => act(shop)).toThrow("[shop/mycluster] ");
    expect(() => act(shop)).toThrow(message);
    expect(shop.healthCheckTemplates.length + shop.healthCheckExpressions.length).toBe(1);
  });
});

describe("what is missing at the end is a validation", () => {
  test("a cluster without members", () => {
    const stack = project().stack("shop");
    new BalancerCluster(stack, "mycluster");
    expect(() => Testing.synth(stack, true)).toThrow("[shop/mycluster] members of cluster 'mycluster': found none");
  });

  test("a cluster with nothing but standbys", () => {
    const stack = project().stack("shop");
    new BalancerCluster(stack, "mycluster").addStandby("a", { url });
    expect(() => Testing.synth(stack, true)).toThrow("found only standby members");
  });

  test("a health-check template that nobody defined", () => {
    const stack = project().stack("shop");
    const shop = new BalancerCluster(stack, "mycluster").addMember("a", { url, hctemplate: "ping" });
    expect(() => Testing.synth(stack, true)).toThrow("[shop/mycluster] hctemplate of member 'a': found 'ping'");
    shop.addHealthCheckTemplate("ping", { hcmethod: "HEAD", hcuri: "/alive", hcinterval: seconds(5) });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});

describe("objects of another copy of this package", () => {
  test("a node is known by what it has, not by its class", async () => {
    vi.resetModules();
    const other = await import("../../constructs/balancer-node.js");
    const stack = project().stack("shop");
    const node = new other.BalancerNode(stack, "app1", { url, route: "r1" });
    expect(node).not.toBeInstanceOf(BalancerNode);
    expect(new BalancerCluster(stack, "c").addMember(node).describe().members).toEqual([
      { name: "app1", url, parameters: { route: "r1" } },
    ]);
  });

  test("a ProblemError is one", async () => {
    vi.resetModules();
    const other = await import("../../core/vocabulary/problem.js");
    expect(other.ProblemError).not.toBe(ProblemError);
    expect(new other.ProblemError([])).toBeInstanceOf(ProblemError);
    expect(new Error("x")).not.toBeInstanceOf(ProblemError);
  });

  test("tokens that one copy made holes of are known to the other", async () => {
    vi.resetModules();
    const other = await import("../../constructs/text.js");
    const stack = project().stack("shop");
    const text = textOf(stack, new TerraformVariable(stack, "host", {}).stringValue, "shop/a");
    expect(other.terraformText(stack, text)).toBe(terraformText(stack, text));
  });
});

test("a wrong value is told once: the message says it, and nothing is printed below it", () => {
  const wrong = (): unknown => cluster().addMember("a", { url, lbset: 100 });
  expect(wrong).toThrow(ProblemError);
  try {
    wrong();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    expect(inspect(error).match(/lbset of member 'a'/g)?.length).toBe(1);
    expect((error as ProblemError).problems).toHaveLength(1);
  }
});
