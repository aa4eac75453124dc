import fc from "fast-check";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { describe, expect, test } from "vitest";
import { kubernetesObjects } from "../../../../../core/host/forms/kubernetes/manifests.js";
import { checkEntrances } from "../../../../../core/host/forms/kubernetes/entrance-problems.js";
import { entrancePort, ingressTo, routeTo } from "../../../../../core/host/forms/kubernetes/entrance.js";
import type { KubernetesEntrance, KubernetesIngress } from "../../../../../core/host/forms/kubernetes/entrance.js";
import { frontPlan } from "../../../../../core/host/front-plan.js";
import type { HostPlan } from "../../../../../core/host/plan.js";
import { readSpec } from "../../../../../core/spec/read-spec.js";
import type { Server } from "../../../../../core/topology/topology.js";
import { strictProblems } from "../../../../support/strict-manifest.js";

/** A front whose server has these keys besides. */
function frontWith(keys = "", listen = "80"): { readonly server: Server; readonly plan: HostPlan } {
  const text = `clusters: { shop: { members: { a: http://10.0.0.7:8080 } } }
servers:
  web: { listen: [${listen}], mounts: { /: shop }${keys} }
`;
  const reading = readSpec(text, "entrance.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const server = reading.topology.servers[0]!;
  return { server, plan: frontPlan(reading.topology, server, { layout: "docker" }) };
}

const TLS = "tls: { certificateFile: /c.pem, certificateKeyFile: /k.pem }";
const SHOP = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);

describe("an Ingress", () => {
  test("fits the OpenAPI schema of its kind, and leads everything to the Service of the front", () => {
    const { plan } = frontWith();
    const { service } = kubernetesObjects(plan);
    const any = fc.record(
      { className: SHOP, host: SHOP, tls: SHOP },
      { requiredKeys: [] },
    ) as fc.Arbitrary<KubernetesIngress>;
    fc.assert(
      fc.property(any, (options) => {
        const ingress = ingressTo(plan, options, 80);
        expect(strictProblems(Ingress, ingress)).toEqual([]);
        const [rule] = ingress.spec!.rules!;
        expect(rule!.host).toBe(options.host);
        expect(rule!.http!.paths).toEqual([
          {
            path: "/",
            pathType: "Prefix",
            backend: { service: { name: service.metadata!.name, port: { number: service.spec!.ports![0]!.port } } },
          },
        ]);
        expect(ingress.spec!.tls?.[0]?.secretName).toBe(options.tls);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a route of a Gateway", () => {
  test("names the Gateway and the Service of the front", () => {
    const { plan } = frontWith();
    const gateway = { name: "edge", namespace: "infra", listener: "web", host: "*.shop.example" };
    expect(routeTo(plan, gateway, 80, "prod")).toMatchObject({
      metadata: { name: "web", namespace: "prod" },
      spec: {
        parentRefs: [{ name: "edge", namespace: "infra", sectionName: "web" }],
        hostnames: ["*.shop.example"],
        rules: [{ backendRefs: [{ name: "web", port: 80 }] }],
      },
    });
    expect(routeTo(plan, { name: "edge" }, 80, "prod").spec).toEqual({
      parentRefs: [{ name: "edge" }],
      rules: [{ backendRefs: [{ name: "web", port: 80 }] }],
    });
  });
});

describe("what connects to a front", () => {
  test("is everybody, or the pods of the namespaces that are named", () => {
    const { plan } = frontWith();
    const ingressOf = (from?: readonly string[]) =>
      kubernetesObjects(plan, from === undefined ? {} : { from }).networkPolicy.spec!.ingress;
    const ports = [{ protocol: "TCP", port: 80 }];
    expect(ingressOf()).toEqual([{ ports }]);
    const peer = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } } };
    expect(ingressOf(["edge"])).toEqual([{ from: [peer], ports }]);
  });

  test.each<[string, string, string, KubernetesEntrance, number | undefined]>([
    ["the one port", "", "80", {}, 80],
    ["the first of several", "", "8080, 80", {}, 8080],
    ["the one that is asked for", "", "8080, 80", { port: 80 }, 80],
    ["none that nobody listens at", "", "80", { port: 81 }, undefined],
    ["none that is open inside of the pod only", "", '"127.0.0.1:80"', {}, undefined],
    ["none that speaks TLS", `, ${TLS}`, "443", {}, undefined],
    [
      "none at which a virtual host speaks TLS",
      `, virtualHosts: { s: { addresses: ["*:443"], ${TLS} } }`,
      "443, 80",
      {},
      80,
    ],
    [
      "none at which all virtual hosts speak TLS",
      `, virtualHosts: { s: { addresses: ["*"], ${TLS} } }`,
      "80",
      { port: 80 },
      undefined,
    ],
  ])("connects to %s", (_, keys, listen, entrance, port) => {
    const { plan, server } = frontWith(keys, listen);
    expect(entrancePort(plan, server, entrance)).toBe(port);
  });
});

describe("an entrance that cannot be", () => {
  function problemsOf(keys: string, entrance: KubernetesEntrance = {}) {
    const { plan, server } = frontWith(keys);
    return checkEntrances(plan, server, [{ option: "ingress", entrance }]);
  }

  test("to a port that the server has not is said", () => {
    expect(problemsOf("", { port: 8080 })).toEqual([
      {
        at: "/ingress/port",
        subject: "port of ingress of server 'web'",
        found: "8080",
        allowed: "80",
        fix: "have the server listen at a port without TLS: the entrance speaks HTTP to it",
      },
    ]);
  });

  const REMOTE_IP = '"RemoteIPHeader X-Forwarded-For", "RemoteIPInternalProxy 10.244.0.0/16"';
  const RULES: readonly (readonly [string, string])[] = [
    ["the addresses of a manager", ", manager: { access: [10.0.0.0/8] }"],
    ["Require ip", ', extra: ["<Location /x>", "Require ip 10.0.0.0/8", "</Location>"]'],
    ["Require not host", ', extra: ["<Location /x>", "Require not host bad.example", "</Location>"]'],
    ["an expression", `, extra: ["<If \\"-R '10.0.0.0/8'\\">", "Header set X y", "</If>"]`],
    ["a condition", ', extra: ["RewriteEngine On", "RewriteCond %{REMOTE_ADDR} ^10", "RewriteRule ^/x - [F]"]'],
    ["a variable", ', extra: ["SetEnvIf Remote_Addr ^10 inside"]'],
  ];

  test.each(RULES)("in front of rules about the client's address is said: %s", (_, keys) => {
    expect(problemsOf(keys)).toMatchObject([
      { at: "/ingress", found: "an Ingress, whose own address httpd would see", allowed: /address of clients/ },
    ]);
  });

  test.each([
    ["no rule at all", ""],
    ["a manager for the front itself", ", manager: { access: local }"],
    ["the address in a log only", ', extra: ["LogFormat \\"%{REMOTE_ADDR}e\\" x"]'],
    [
      "Require ip behind RemoteIPHeader",
      `, extra: [${REMOTE_IP}, "<Location /x>", "Require ip 10.0.0.0/8", "</Location>"]`,
    ],
  ])("is none in front of %s", (_, keys) => {
    expect(problemsOf(keys)).toEqual([]);
  });
});
