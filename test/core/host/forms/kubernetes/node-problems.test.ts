import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KubernetesNode } from "../../../../../core/host/forms/kubernetes/node.js";
import { checkKubernetesNodes } from "../../../../../core/host/forms/kubernetes/node-problems.js";
import type { Topology } from "../../../../../core/topology/topology.js";
import type { Problem } from "../../../../../core/vocabulary/problem.js";
import { arbitraryFleet, frontOf } from "../../../../support/kubernetes-fleet.js";

describe("members and pods", () => {
  test("match in whichever way a pod is named", () => {
    fc.assert(
      fc.property(arbitraryFleet(), ({ beside, members }) => {
        expect(checkKubernetesNodes(frontOf(members), beside)).toEqual([]);
        const routeless = members.map(({ url }) => ({ url }));
        expect(checkKubernetesNodes(frontOf(routeless), beside)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("are one problem for each member that is left away, and nothing else", () => {
    fc.assert(
      fc.property(arbitraryFleet(), fc.nat(), ({ beside, members }, seed) => {
        const left = members[seed % members.length]!;
        const problems = checkKubernetesNodes(frontOf(members.filter((each) => each !== left)), beside);
        expect(problems.map(({ found }) => found)).toEqual([`no member for '${left.route}'`]);
      }),
      { numRuns: 100 },
    );
  });
});

/** A node of two pods beside a front. */
function problemsOf(topology: Topology, node: Partial<KubernetesNode> = {}): readonly Problem[] {
  const nodes = { shop: { image: "tomcat:10", port: 8080, ...node } };
  return checkKubernetesNodes(topology, { namespace: "prod", nodes });
}

const ONE = { url: "http://shop-0.shop.prod.svc:8080", route: "shop-0" };
const TWO = { url: "http://shop-1.shop.prod.svc:8080", route: "shop-1" };

describe("what does not match is said", () => {
  test.each<[string, readonly Problem[], Problem]>([
    [
      "a pod that is not made",
      problemsOf(frontOf([ONE, TWO, { url: "http://shop-2.shop.prod.svc:8080" }])),
      {
        at: "/clusters/0/members/3/url",
        subject: "member 'm3'",
        found: "pod 'shop-2', which node 'shop' has not",
        allowed: "'shop-0' to 'shop-1'",
        fix: "write for example http://shop-0.shop.prod.svc:8080, or give the node more replicas",
      },
    ],
    [
      "a name that no pod is called by",
      problemsOf(frontOf([ONE, { url: "http://first.shop.prod.svc:8080" }]), { replicas: 1 }),
      {
        at: "/clusters/0/members/2/url",
        subject: "member 'm2'",
        found: "pod 'first', which node 'shop' has not",
        allowed: "'shop-0'",
        fix: "write for example http://shop-0.shop.prod.svc:8080, or give the node more replicas",
      },
    ],
    [
      "pods that no member leads to, of which one in another namespace is none",
      problemsOf(frontOf([ONE, { url: "http://shop-1.shop.test.svc:8080" }]), { replicas: 6 }),
      {
        at: "/nodes/shop",
        subject: "node 'shop'",
        found: "no member for 'shop-1', 'shop-2', 'shop-3' and 2 more",
        allowed: "a member for each pod",
        fix: "add http://shop-1.shop.prod.svc:8080 with route=shop-1, or make fewer replicas",
      },
    ],
    [
      "a Service, which leads to all pods as one member",
      problemsOf(frontOf([{ url: "http://shop.prod.svc:8080" }]), { replicas: 1 }),
      {
        at: "/nodes/shop",
        subject: "node 'shop'",
        found: "no member for 'shop-0'",
        allowed: "a member for each pod",
        fix: "add http://shop-0.shop.prod.svc:8080 with route=shop-0, or make fewer replicas",
      },
    ],
    [
      "a route that is not the pod's name",
      problemsOf(frontOf([ONE, { ...TWO, route: "shop1" }])),
      {
        at: "/clusters/0/members/2/parameters/route",
        subject: "member 'm2'",
        found: "route 'shop1'",
        allowed: "'shop-1', the name of its pod, which the application puts behind its sessions",
        fix: "write the pod's name",
      },
    ],
    [
      "a port at which the pod does not listen",
      problemsOf(frontOf([ONE, { ...TWO, url: "http://shop-1.shop" }])),
      {
        at: "/clusters/0/members/2/url",
        subject: "member 'm2'",
        found: "port 80 of pod 'shop-1'",
        allowed: "8080, at which its node listens",
        fix: "write the same at both",
      },
    ],
    [
      "a page that is asked where AJP is spoken",
      problemsOf(frontOf([{ url: "ajp://shop-0.shop:8009" }]), { replicas: 1, port: 8009, healthPath: "/" }),
      {
        at: "/clusters/0/members/1/url",
        subject: "node 'shop'",
        found: "page '/' at port 8009, which speaks AJP",
        allowed: "a page at a port that speaks HTTP",
        fix: "give it the healthPort of its HTTP connector, or leave healthPath away",
      },
    ],
  ])("%s", (_, problems, problem) => {
    expect(problems).toEqual([problem]);
  });

  test.each([
    "http://www.shop:8080",
    "http://shop-1.shop.test.svc:8080",
    "http://shop-x.shop:8080",
    "http://shop-01.shop:8080",
    "http://shop-1.shop.prod.example:8080",
  ])("a member elsewhere, %s, is no pod of a node", (url) => {
    expect(problemsOf(frontOf([ONE, { url }]), { replicas: 1 })).toEqual([]);
  });
});
