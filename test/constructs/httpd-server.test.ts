import { Annotations, Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import { Access, BackendTls } from "../../constructs/access.js";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { HttpdLayout } from "../../constructs/httpd-layout.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import type { HttpdServerProps } from "../../constructs/httpd-server.js";
import { LocalTarget } from "../../constructs/targets/local-target.js";
import { seconds } from "../../core/vocabulary/duration.js";
import { project } from "../support/synthesis.js";

const url = "http://app1:8080";

/** A server and a cluster with one member in the stack `shop`. */
function shop(props: HttpdServerProps = {}) {
  const stack = project().stack("shop");
  const cluster = new BalancerCluster(stack, "mycluster").addMember("a", { url });
  return { stack, cluster, web: new HttpdServer(stack, "web", props) };
}

describe("HttpdServer", () => {
  test("describes itself and the clusters it mounts", () => {
    const { web, cluster } = shop({ proxytimeout: seconds(5), listen: [80, { address: "127.0.0.1", port: 8080 }] });
    web.mount("/", cluster).exclude("/static").mountUrl("/old", "http://old:80/legacy");
    const topology = web.describe();
    expect(topology.clusters).toEqual([cluster.describe()]);
    expect(topology.servers[0]).toEqual({
      name: "web",
      layout: "debian",
      listen: [{ port: 80 }, { address: "127.0.0.1", port: 8080 }],
      settings: { proxytimeout: seconds(5) },
      virtualHosts: [],
      mounts: [
        { path: "/", to: { kind: "cluster", cluster: "mycluster", path: "/" } },
        { path: "/static", to: { kind: "exclude" } },
        { path: "/old", to: { kind: "url", url: "http://old:80/legacy", parameters: {} } },
      ],
    });
  });

  test("a cluster that is only defined is described, and so is what is added to it later", () => {
    const { web, cluster } = shop();
    expect(web.describe().clusters).toEqual([]);
    web.define(cluster);
    expect(web.describe().clusters).toEqual([cluster.describe()]);
    web.mount("/", cluster);
    cluster.addMember("late", { url: "http://late:8080" });
    expect(web.describe().clusters).toEqual([cluster.describe()]);
    expect(web.describe().clusters[0]?.members.length).toBe(2);
  });

  test("a value is judged by the version of the server, once it is known, and the advice can be followed", () => {
    const problems = (httpd: "2.4.54" | "2.4.55") => {
      const { web, cluster } = shop({ httpd });
      web.mount("/", cluster);
      cluster.addMember("b", { url: "http://b:1", hcmethod: "GET11" });
      return cluster.node.validate().filter((text) => text.startsWith("hcmethod of member 'b'"));
    };
    expect(problems("2.4.55")).toEqual([]);
    expect(problems("2.4.54")).toEqual([expect.stringContaining("set httpd to 2.4.55 or newer")]);
  });

  test("listens on port 80 of a Debian layout unless told otherwise", () => {
    const { web } = shop();
    expect(web.describe().servers[0]).toMatchObject({ listen: [{ port: 80 }], layout: "debian" });
    expect(shop({ layout: HttpdLayout.rhel() }).web.describe().servers[0]?.layout).toBe("rhel");
  });

  test("virtual hosts mount clusters of their own", () => {
    const { stack, web, cluster } = shop();
    const other = new BalancerCluster(stack, "other").addMember("b", { url: "http://b:1" });
    const host = web.addVirtualHost("shop", { addresses: ["*:80"], serverName: "shop.example.org" });
    host.mount("/", other, { backendPath: "/shop/" });
    web.mount("/", cluster);
    expect(web.clusters).toEqual([cluster, other]);
    expect(web.describe().servers[0]?.virtualHosts).toEqual([
      {
        name: "shop",
        addresses: ["*:80"],
        serverName: "shop.example.org",
        settings: {},
        mounts: [{ path: "/", to: { kind: "cluster", cluster: "other", path: "/shop/" } }],
      },
    ]);
  });

  test("TLS, manager and escape hatch are carried", () => {
    const tls = { certificateFile: "/etc/ssl/web.pem", certificateKeyFile: "/etc/ssl/web.key" };
    const { web } = shop({
      tls,
      backendTls: BackendTls.unverified({ reason: "test certificates" }),
      manager: { access: Access.local() },
      extra: ["Header set X-Served-By web"],
    });
    expect(web.describe().servers[0]).toMatchObject({
      tls,
      backendTls: { verify: { kind: "off", reason: "test certificates" } },
      manager: { access: { kind: "local" } },
      extra: ["Header set X-Served-By web"],
    });
  });
});

describe("a wrong value throws at the call that gave it, with the construct path", () => {
  test.each<[string, HttpdServerProps, string]>([
    ["a port that is none", { listen: [70_000] }, "[shop/web] listen of server 'web': found 70000"],
    ["one port twice", { listen: [80, 80] }, "the same address and port twice"],
    ["a host name with a blank", { serverName: "a b" }, "serverName of server 'web'"],
    ["a setting out of range", { balancergrowth: 5000 }, "balancergrowth of server 'web'"],
    ["a manager open to addresses that are none", { manager: { access: Access.addresses("ten") } }, "balancer-manager"],
    [
      "a manager without a word about who may use it",
      { manager: {} as unknown as HttpdServerProps["manager"] & object },
      "access to balancer-manager of server 'web': found nothing, allowed is an object whose kind is local",
    ],
    ["an escape hatch that closes what it did not open", { extra: ["</VirtualHost>"] }, "extra of server 'web'"],
  ])("%s", (_title, props, message) => {
    expect(() => shop(props)).toThrow(message);
  });

  test("a path without a slash", () => {
    const { web, cluster } = shop();
    expect(() => web.mount("app", cluster)).toThrow("[shop/web] mount 'app' of the server");
  });

  test("a path that is mounted already", () => {
    const { web, cluster } = shop();
    web.mount("/", cluster);
    expect(() => web.mount("/", cluster)).toThrow("the path of an earlier mount");
    expect(web.describe().servers[0]?.mounts).toHaveLength(1);
  });

  test("a backend path that httpd would glue to the balancer's name", () => {
    const { web, cluster } = shop();
    expect(() => web.mount("/app", cluster, { backendPath: "app" })).toThrow("put '/' in front");
  });

  test("a virtual host without an address", () => {
    const { web } = shop();
    expect(() => web.addVirtualHost("shop", { addresses: [] })).toThrow("[shop/web/shop] addresses of virtual host");
  });

  test("a directory with a line break", () => {
    expect(() => LocalTarget.of({ directory: "run\n" })).toThrow("directory of LocalTarget");
  });
});

describe("all problems are reported together", () => {
  test("those of every stack, each with its construct path, before anything is written", () => {
    const shops = project();
    const first = shops.stack("first");
    new HttpdServer(first, "web");
    new BalancerCluster(first, "empty");
    const second = shops.stack("second");
    new BalancerCluster(second, "standbys").addStandby("a", { url });
    second.node.addValidation({ validate: () => ["a validation of somebody else"] });
    Annotations.of(second).addError("an annotation of somebody else");
    expect(() => shops.synth()).toThrow(/^5 problems in the description; nothing was written/);
    expect(() => shops.synth()).toThrow("[first/web] mounts: found none");
    expect(() => shops.synth()).toThrow("[first/empty] members of cluster 'empty': found none");
    expect(() => shops.synth()).toThrow("[second/standbys] members of cluster 'standbys': found only standby members");
    expect(() => shops.synth()).toThrow("[second] a validation of somebody else");
    expect(() => shops.synth()).toThrow("[second] an annotation of somebody else");
  });

  test("a problem of a cluster is told once, by the cluster, however many servers mount it", () => {
    const stack = project().stack("shop");
    const cluster = new BalancerCluster(stack, "standbys").addStandby("s", { url: "http://s:1" });
    new HttpdServer(stack, "one").mount("/", cluster);
    new HttpdServer(stack, "two").mount("/", cluster);
    const told = stack.node.findAll().flatMap((construct) => construct.node.validate());
    expect(told).toEqual([
      "members of cluster 'standbys': found only standby members, allowed is at least one active member; make one of them active: spares and standbys stand in for actives",
    ]);
  });

  test("a virtual host that a cluster names and nobody has", () => {
    const { stack, web } = shop();
    const cluster = new BalancerCluster(stack, "c", { virtualHost: "shop" }).addMember("b", { url: "http://b:1" });
    web.addVirtualHost("store", { addresses: ["*:80"] }).mountUrl("/", "http://x:1");
    web.mount("/", cluster.node.scope?.node.findChild("mycluster") as BalancerCluster);
    expect(() => web.mount("/c", cluster)).toThrow("target of mount '/c'");
  });
});

describe("what is written", () => {
  test("the same bytes twice, and no absolute path of this machine", () => {
    const files = [1, 2].map(() => {
      const shops = project();
      const stack = shops.stack("shop");
      const cluster = new BalancerCluster(stack, "mycluster").addMember("a", { url });
      new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: "run" }));
      return { written: shops.synth(), folder: shops.folder };
    });
    expect(files[0]?.written).toEqual(files[1]?.written);
    expect(Object.keys(files[0]?.written ?? {})).toEqual([
      "manifest.json",
      "stacks/shop/cdk.tf.json",
      "stacks/shop/install.sh",
      "stacks/shop/web/httpd.conf",
    ]);
    const everything = Object.values(files[0]?.written ?? {}).join("\n");
    expect(everything).not.toContain(files[0]?.folder);
    expect(everything).not.toContain(process.cwd());
  });

  test("a secret is in the file for httpd and nowhere else", () => {
    const shops = project();
    const stack = shops.stack("shop");
    const secret = "open-sesame-42";
    const cluster = new BalancerCluster(stack, "mycluster").addMember("a", { url: "ajp://a:8009", secret });
    new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: "run" }));
    const files = Object.entries(shops.synth());
    expect(files.filter(([, text]) => text.includes(secret)).map(([path]) => path)).toEqual([
      "stacks/shop/web/httpd.conf",
    ]);
  });

  test("nothing is deployed twice into the same place of the tree", () => {
    const { stack, web, cluster } = shop();
    web.mount("/", cluster);
    web.deployTo(LocalTarget.of({ directory: "one" })).deployTo(LocalTarget.of({ directory: "two" }));
    const { resource } = JSON.parse(Testing.synth(stack, true)) as { resource: { terraform_data: object } };
    expect(Object.keys(resource.terraform_data)).toHaveLength(4);
  });
});
