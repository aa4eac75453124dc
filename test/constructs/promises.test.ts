import { describe, expect, test } from "vitest";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import type { BalancerClusterProps } from "../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import { LocalTarget } from "../../constructs/targets/local-target.js";
import { Promises } from "../../core/promises/promise.js";
import { filesBelow, project } from "../support/synthesis.js";
import type { Project } from "../support/synthesis.js";

/** Two plain nodes, mounted and deployed: an ordinary rolling restart ends in a 503. */
function shop(props: BalancerClusterProps = {}): Project & { readonly cluster: BalancerCluster } {
  const made = project();
  return { ...made, cluster: mounted(made, "shop", props) };
}

function mounted(made: Project, id: string, props: BalancerClusterProps = {}): BalancerCluster {
  const stack = made.stack(id);
  const cluster = new BalancerCluster(stack, "mycluster", props);
  cluster.addMember(`${id}1`, { url: `http://${id}1:8080` }).addMember(`${id}2`, { url: `http://${id}2:8080` });
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: `run/${id}` }));
  return cluster;
}

/** Everything that was told of a cluster without ending the synthesis. */
function warnings({ node }: BalancerCluster): readonly string[] {
  return node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
}

describe("a promise at synth", () => {
  test("that does not hold ends it with the path, the scenario and what mends it, and nothing is written", () => {
    const { cluster, synth, folder } = shop();
    cluster.promise(Promises.alwaysServed());
    expect(synth).toThrow("[shop/mycluster] promise 'always-served' of cluster 'mycluster' does not hold");
    expect(synth).toThrow(
      "After stopping shop1, a request, starting shop1 and stopping shop2, httpd itself answers 503",
    );
    expect(synth).toThrow("allows no further try. What mends it, as checked: maxattempts=2.");
    expect(Object.keys(filesBelow(folder)).filter((path) => path.endsWith("httpd.conf"))).toEqual([]);
  });

  test("that holds says nothing", () => {
    const { cluster, synth } = shop({ maxattempts: 2 });
    cluster.promise(Promises.alwaysServed());
    expect(Object.keys(synth())).toContain("stacks/shop/web/httpd.conf");
    expect(warnings(cluster)).toEqual([]);
  });

  test("that does not hold and is accepted is told with the reason, every time", () => {
    const { cluster, synth } = shop();
    cluster.promise(Promises.alwaysServed()).acknowledge("always-served", "restarts happen at night");
    synth();
    expect(warnings(cluster)).toEqual([expect.stringMatching(/does not hold: .* Accepted: restarts happen at night$/)]);
  });
});

describe("a cluster that promises nothing", () => {
  test("is warned of the outage hole it has, with the scenario and what mends it", () => {
    const { cluster, synth } = shop();
    synth();
    expect(warnings(cluster)).toEqual([
      expect.stringMatching(
        /^nothing is promised of cluster 'mycluster', and 'always-served' would not hold: After stopping shop1, .* maxattempts=2\. /,
      ),
    ]);
  });

  test("is told nothing when it has none", () => {
    const { cluster, synth } = shop({ maxattempts: 2 });
    synth();
    expect(warnings(cluster)).toEqual([]);
  });

  test("hears the names of its own members, also when one like it was looked at before", () => {
    const made = project();
    const clusters = ["north", "south"].map((id) => mounted(made, id));
    made.synth();
    expect(clusters.map((cluster) => /stopping (\w+),/.exec(warnings(cluster).join())?.[1])).toEqual([
      "north1",
      "south1",
    ]);
  });
});

describe("a promise that cannot hold throws at its call", () => {
  test.each([
    [Promises.share("node9", { about: 0.5 }), "found 'node9', allowed is shop1, shop2"],
    [Promises.capacity({ requestsPerSecond: 500 }), "found 500 requests per second, allowed is at most 300"],
    [{ id: "always-serve" }, "did you mean 'always-served'?"],
  ])("%j", (promise, message) => {
    const { cluster } = shop();
    const limited = new BalancerCluster(cluster, "limited")
      .addMember("shop1", { url: "http://a:1", capacity: 100 })
      .addMember("shop2", { url: "http://b:1", capacity: 200 });
    expect(() => limited.promise(promise)).toThrow(message);
    expect(limited.describe().promises).toBeUndefined();
  });

  test("a share above 1", () => {
    expect(() => Promises.share("node1", { about: 1.5 })).toThrow("found 1.5");
  });
});
