import { TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdLayout } from "../../../constructs/httpd-layout.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import type { DeployTarget } from "../../../constructs/target.js";
import { DockerTarget } from "../../../constructs/targets/docker-target.js";
import { KubernetesTarget } from "../../../constructs/targets/kubernetes-target.js";
import { ProviderResource } from "../../../constructs/targets/provider-resource.js";
import { VmTarget } from "../../../constructs/targets/vm-target.js";
import { targetContract } from "../../../constructs/testing/target-contract.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";
import { project } from "../../support/synthesis.js";

/** A machine of some provider. */
const machine: Parameters<typeof VmTarget.of>[0]["machine"] = ({ scope, name, userData, preconditions }) => {
  const use = { name: "some", source: "some/cloud", version: ">= 1.0.0" };
  const lifecycle = { precondition: preconditions };
  new ProviderResource(scope, name, { use, type: "some_machine" }, () => ({ user_data: userData }), { lifecycle });
};

const SECRETS = { WEB_CLUSTER_NODE1_SECRET: "${var.x}", OTHER_CLUSTER_NODE1_SECRET: "${var.y}" };

const TARGETS: Readonly<Record<string, () => DeployTarget>> = {
  VmTarget: () => VmTarget.of({ machine, machines: 2 }),
  DockerTarget: () => DockerTarget.of({ secrets: SECRETS }),
  KubernetesTarget: () => KubernetesTarget.of({ namespace: "shop" }),
};

/** Options of a target with one node, of which each value may be another one. */
function withNode(values: Readonly<Record<string, unknown>>, name = "shop"): () => DeployTarget {
  return () => KubernetesTarget.of({ nodes: { [name]: { image: "tomcat:10", port: 8080, ...values } } });
}

test.each(Object.entries(TARGETS))("%s keeps the contract of targets", (_, target) => {
  expect(targetContract(target).filter(({ broken }) => broken !== undefined)).toEqual([]);
});

interface Shop {
  readonly name?: string;
  readonly layout?: HttpdLayout;
  readonly members?: number;
  /** Whether the address of the member is known only at apply. */
  readonly late?: boolean;
}

/** Files of a stack whose front goes to a target. */
function synthesized(target: DeployTarget, { name = "web", layout, members = 1, late = false }: Shop = {}) {
  const made = project();
  const stack = made.stack("shop");
  const cluster = new BalancerCluster(stack, "c");
  for (let index = 0; index < members; index++)
    cluster.addMember(`m${index}`, { url: `http://app${(index * 7919) % 100_003}:8080` });
  if (late) {
    const { stringValue } = new TerraformVariable(stack, "address", { type: "string" });
    cluster.addMember("late", { url: `http://${stringValue}:8080` });
  }
  new HttpdServer(stack, name, layout === undefined ? {} : { layout }).mount("/", cluster).deployTo(target);
  return made.synth();
}

describe("what keeps a front from being deployed fails the synthesis with what to do", () => {
  test.each<[string, () => DeployTarget, Shop, RegExp]>([
    [
      "user data over the limit",
      TARGETS["VmTarget"]!,
      { members: 4_000 },
      /user data of server 'web': found \d+ bytes, packed, allowed is 16384 bytes; split/,
    ],
    [
      "a layout that no package has",
      TARGETS["VmTarget"]!,
      { layout: HttpdLayout.source() },
      /layout of server 'web': found one that is built by hand, allowed is debian or rhel/,
    ],
    [
      "a server that is no DNS label",
      TARGETS["KubernetesTarget"]!,
      { name: "Web_X" },
      /name of server 'Web_X': found 'Web_X', allowed is a DNS label/,
    ],
    [
      "pods that no member leads to",
      withNode({}),
      {},
      /node 'shop': found no member for 'shop-0', 'shop-1', .*; add http:\/\/shop-0\.shop\.default\.svc:8080 with route=shop-0/,
    ],
    [
      "an Ingress to a port that the server has not",
      () => KubernetesTarget.of({ ingress: { port: 8080 } }),
      {},
      /port of ingress of server 'web': found 8080, allowed is 80; have the server listen/,
    ],
    [
      "a node of the server's own name",
      withNode({}, "web"),
      {},
      /node 'web' of KubernetesTarget: found server 'web' at shop\/web\/\S+, allowed is a name of its own in the namespace/,
    ],
  ])("%s", (_, target, shop, said) => {
    expect(() => synthesized(target(), shop)).toThrow(said);
  });

  test("a secret that a container is not given", () => {
    const laws = targetContract(() => DockerTarget.of());
    expect(laws[0]?.broken).toMatch(
      /secret of web-cluster node1 of server 'web': found no value for WEB_CLUSTER_NODE1_SECRET, .*; give DockerTarget secrets: \{ WEB_CLUSTER_NODE1_SECRET: /,
    );
  });

  test.each<[() => DeployTarget, string]>([
    [() => VmTarget.of({ machine, machines: 0 }), "/machines"],
    [() => VmTarget.of({ machine, machines: 101 }), "/machines"],
    [() => DockerTarget.of({ publish: { 80: 0 } }), "/publish/80"],
    [() => DockerTarget.of({ publish: { 80: 65_536 } }), "/publish/80"],
    [() => DockerTarget.of({ nodes: { "a b": { image: "x" } } }), "/nodes"],
    [() => DockerTarget.of({ nodes: { a: { image: "" } } }), "/nodes"],
    [() => DockerTarget.of({ image: "nginx:1.27" }), "/image"],
    [() => KubernetesTarget.of({ image: "library/tomcat" }), "/image"],
    [() => KubernetesTarget.of({ namespace: "Shop" }), "/namespace"],
    [() => KubernetesTarget.of({ replicas: 0 }), "/replicas"],
    [() => KubernetesTarget.of({ replicas: 1.5 }), "/replicas"],
    [() => KubernetesTarget.of({ ingress: { className: "Nginx" } }), "/ingress/className"],
    [() => KubernetesTarget.of({ ingress: { host: "shop.example:80" } }), "/ingress/host"],
    [() => KubernetesTarget.of({ ingress: { tls: "" } }), "/ingress/tls"],
    [() => KubernetesTarget.of({ ingress: { port: 0 } }), "/ingress/port"],
    [() => KubernetesTarget.of({ ingress: { from: "a.b" } }), "/ingress/from"],
    [() => KubernetesTarget.of({ gateway: { name: "" } }), "/gateway/name"],
    [() => KubernetesTarget.of({ gateway: { name: "edge", namespace: "Edge" } }), "/gateway/namespace"],
    [() => KubernetesTarget.of({ gateway: { name: "edge", listener: "a b" } }), "/gateway/listener"],
    [() => KubernetesTarget.of({ gateway: { name: "edge", host: "*.*.example" } }), "/gateway/host"],
    [withNode({}, "Shop"), "/nodes"],
    [withNode({}, "1shop"), "/nodes"],
    [withNode({}, "shop-"), "/nodes"],
    [withNode({}, "a".repeat(53)), "/nodes"],
    [withNode({ image: "" }), "/nodes/shop/image"],
    [withNode({ port: 0 }), "/nodes/shop/port"],
    [withNode({ port: 65_536 }), "/nodes/shop/port"],
    [withNode({ replicas: 0 }), "/nodes/shop/replicas"],
    [withNode({ replicas: 10_001 }), "/nodes/shop/replicas"],
    [withNode({ healthPath: "health" }), "/nodes/shop/healthPath"],
    [withNode({ healthPort: 0 }), "/nodes/shop/healthPort"],
    [withNode({ replicationPort: 0.5 }), "/nodes/shop/replicationPort"],
    [withNode({ secret: "Shop" }), "/nodes/shop/secret"],
    [withNode({ user: 0 }), "/nodes/shop/user"],
    [withNode({ resources: { cpu: "much" } }), "/nodes/shop/resources/cpu"],
    [withNode({ resources: { memory: "512MB" } }), "/nodes/shop/resources/memory"],
    [withNode({ environment: { "A B": "x" } }), "/nodes/shop/environment"],
    [withNode({ environment: { JVM_ROUTE: "x" } }), "/nodes/shop/environment"],
    [withNode({ writable: ["tmp"] }), "/nodes/shop/writable/0"],
    [withNode({ writable: ["/tmp", "/tmp"] }), "/nodes/shop/writable/1"],
  ])("an option that cannot be, at once", (made, at) => {
    expect(made).toThrow(ProblemError);
    try {
      made();
    } catch (error) {
      expect((error as ProblemError).problems.map((problem) => problem.at)).toEqual([at]);
    }
  });
});

describe("an address that is known only at apply", () => {
  test.each(Object.entries(TARGETS))("is handed by %s to Terraform, which refuses what is none", (_, target) => {
    const files = synthesized(target(), { late: true });
    const text = files["stacks/shop/cdk.tf.json"]!;
    const pieces = Object.keys(files).filter((path) => /(httpd\.conf|user-data\.yaml)\.\d$/.test(path));
    expect(pieces.length).toBeGreaterThan(1);
    expect(text).toContain("var.address");
    expect(text).toContain("is no address: letters, digits");
  });
});

test.each<[string, (image: string) => DeployTarget]>([
  ["DockerTarget", (image) => DockerTarget.of({ image, secrets: SECRETS })],
  ["KubernetesTarget", (image) => KubernetesTarget.of({ image })],
])("%s runs the image that it is given", (_, target) => {
  const image = "registry.example/httpd:2.4";
  expect(synthesized(target(image))["stacks/shop/cdk.tf.json"]).toContain(`"${image}"`);
});

test("machines are as many as wanted, each with a name of its own and the same user data", () => {
  const seen: string[] = [];
  const target = VmTarget.of({
    machines: 3,
    machine: ({ name, index, userData }) => seen.push(`${index} ${name} ${userData}`),
  });
  synthesized(target);
  expect(seen.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(["0 web-1", "1 web-2", "2 web-3"]);
});
