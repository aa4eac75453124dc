import { describe, expect, it } from "vitest";
import { mountedCluster } from "../../../../core/conf/read/mounted-cluster.js";
import { readText } from "../../../support/conf-fixtures.js";

const cluster = (name: string, path: string) => ({ kind: "cluster", cluster: name, path });

describe("the balancer that a target leads to", () => {
  it("is what stands behind balancer://, up to a slash", () => {
    expect(mountedCluster("balancer://Shop/x", undefined)).toEqual(cluster("shop", "/x"));
    expect(mountedCluster("http://shop/x", undefined)).toBeUndefined();
  });

  it.each([
    ["^(/.*)", "balancer://shop$1"],
    ["^(.*)$", "balancer://shop$1"],
    ["^/app(/.*)?$", "balancer://shop$1"],
    ["(?i)^(/App/.*)", "balancer://SHOP$1"],
    ["^/(a|b)(/.*)$", "balancer://shop$2/$1"],
    [".*", "balancer://shop$0"],
  ])("ends where a group begins that takes a path: %s", (pattern, target) => {
    expect(mountedCluster(target, pattern)).toEqual(cluster("shop", target.slice("balancer://shop".length)));
  });

  it.each([
    ["^/(one|two)(/.*)?$", "balancer://x$1$2"],
    ["^/(.*)$", "balancer://x$1"],
    ["^/(.*)$", "balancer://$1"],
    ["^(/a|b)", "balancer://x$1"],
    ["^/x[(](y.*)", "balancer://x$1"],
    ["^/(.*)$", "balancer://x%1/"],
  ])("is not known where the path names it: %s to %s", (pattern, target) => {
    expect(mountedCluster(target, pattern)).toBe("unknown");
  });

  it("takes a target as it is where no expression fills it in", () => {
    expect(mountedCluster("balancer://x$1/", undefined)).toEqual(cluster("x$1", "/"));
  });

  it("is no mount and no cluster of its own where the path names it, and the line is kept", () => {
    const members = "BalancerMember balancer://xone http://a:1\n";
    const read = readText(`${members}ProxyPassMatch ^/(one|two)(/.*)?$ balancer://x$1$2\n`);
    expect(read.topology.clusters.map(({ name }) => name)).toEqual(["xone"]);
    expect(read.topology.servers[0]?.mounts).toEqual([]);
    expect(read.topology.servers[0]?.extra).toEqual(["ProxyPassMatch ^/(one|two)(/.*)?$ balancer://x$1$2"]);
  });
});
