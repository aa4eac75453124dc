import fc from "fast-check";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Service } from "kubernetes-models/v1/Service";
import { describe, expect, test } from "vitest";
import { frontPlan } from "../../../../../core/host/front-plan.js";
import { kubernetesObjects } from "../../../../../core/host/forms/kubernetes/manifests.js";
import { kubernetesNodeObjects } from "../../../../../core/host/forms/kubernetes/node-objects.js";
import type { KubernetesNode } from "../../../../../core/host/forms/kubernetes/node.js";
import type { HostPlan } from "../../../../../core/host/plan.js";
import { arbitraryFleet, arbitraryNode, frontOf } from "../../../../support/kubernetes-fleet.js";
import type { FleetMember } from "../../../../support/kubernetes-fleet.js";
import { strictProblems } from "../../../../support/strict-manifest.js";

const KINDS = {
  service: Service,
  statefulSet: StatefulSet,
  disruptionBudget: PodDisruptionBudget,
  networkPolicy: NetworkPolicy,
};

const NODE: KubernetesNode = { image: "tomcat:10", port: 8080 };

function planOf(members: readonly FleetMember[]): HostPlan {
  const topology = frontOf(members);
  return frontPlan(topology, topology.servers[0]!, { layout: "docker" });
}

const WEB = planOf([]);

describe("the objects of a node", () => {
  test("fit the OpenAPI schemas of their kinds, and hold no field that these do not know", () => {
    fc.assert(
      fc.property(arbitraryNode(), (node) => {
        const objects = kubernetesNodeObjects("shop", node, WEB);
        expect(Object.keys(objects).sort()).toEqual(Object.keys(KINDS).sort());
        for (const part of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
          expect([part, strictProblems(KINDS[part], objects[part])]).toEqual([part, []]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("would not get through with an unknown field", () => {
    const { statefulSet } = kubernetesNodeObjects("shop", NODE, WEB);
    const slipped = JSON.parse(JSON.stringify(statefulSet).replace("serviceName", "serviceNam")) as object;
    expect(strictProblems(StatefulSet, slipped).join("\n")).toMatch(/serviceNam/);
  });

  test("give each pod a name that stays while it is not ready, and which it finds as its route", () => {
    const { service, statefulSet } = kubernetesNodeObjects("shop", NODE, WEB);
    expect(service.spec).toMatchObject({ clusterIP: "None", publishNotReadyAddresses: true });
    expect(statefulSet.spec?.serviceName).toBe(service.metadata?.name);
    const [container] = statefulSet.spec!.template.spec!.containers;
    expect(container!.env).toEqual([{ name: "JVM_ROUTE", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }]);
  });

  test("select their own pods and no others", () => {
    fc.assert(
      fc.property(arbitraryFleet(), ({ beside, members }) => {
        const plan = planOf(members);
        const selections = Object.entries(beside.nodes).map(([name, node]) => {
          const { service, statefulSet, disruptionBudget, networkPolicy } = kubernetesNodeObjects(name, node, plan);
          const own = statefulSet.spec!.template.metadata!.labels;
          expect(service.spec!.selector).toEqual(own);
          expect(statefulSet.spec!.selector.matchLabels).toEqual(own);
          expect(disruptionBudget.spec!.selector!.matchLabels).toEqual(own);
          expect(networkPolicy.spec!.podSelector.matchLabels).toEqual(own);
          return JSON.stringify(own);
        });
        const front = kubernetesObjects(plan).deployment.spec!.selector.matchLabels;
        expect(new Set([...selections, JSON.stringify(front)]).size).toBe(selections.length + 1);
      }),
      { numRuns: 50 },
    );
  });

  test("let in the front at the port of members, their own kind where sessions are copied, and nobody else", () => {
    const ingressOf = (node: KubernetesNode) => kubernetesNodeObjects("shop", node, WEB).networkPolicy.spec!.ingress;
    const labels = (name: string, component: string) => ({
      podSelector: { matchLabels: { "app.kubernetes.io/name": name, "app.kubernetes.io/component": component } },
    });
    const front = { from: [labels("web", "front")], ports: [{ protocol: "TCP", port: 8080 }] };
    const own = { from: [labels("shop", "node")], ports: [{ protocol: "TCP", port: 4000 }] };
    expect(ingressOf(NODE)).toEqual([front]);
    expect(ingressOf({ ...NODE, replicationPort: 4000 })).toEqual([front, own]);
  });

  test("ask for what an image allows: no rank that it did not begin with, and with a user of its own none at all", () => {
    const podOf = (node: KubernetesNode) => kubernetesNodeObjects("shop", node, WEB).statefulSet.spec!.template.spec!;
    const plain = podOf(NODE);
    expect(plain.automountServiceAccountToken).toBe(false);
    expect(plain.securityContext).toEqual({ seccompProfile: { type: "RuntimeDefault" } });
    expect(plain.containers[0]!.securityContext).toEqual({ allowPrivilegeEscalation: false });
    const restricted = podOf({ ...NODE, user: 1001, writable: ["/tmp"] });
    expect(restricted.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1001, fsGroup: 1001 });
    expect(restricted.containers[0]!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });
});

describe("the policy of a front", () => {
  test("lets it out to the pods of its nodes by their labels, wherever else to an address, and to nothing more", () => {
    fc.assert(
      fc.property(arbitraryFleet(), ({ beside, members }) => {
        const { networkPolicy } = kubernetesObjects(planOf(members), { beside });
        const [, elsewhere, ...pods] = networkPolicy.spec!.egress!;
        expect(elsewhere!.to).toEqual([{ ipBlock: { cidr: "10.0.0.7/32" } }]);
        const allowed = pods.map(({ to, ports }) => [
          to?.[0]?.podSelector?.matchLabels?.["app.kubernetes.io/name"],
          ports?.[0]?.port,
        ]);
        expect(allowed).toEqual(Object.entries(beside.nodes).map(([name, { port }]) => [name, port]));
      }),
      { numRuns: 50 },
    );
  });
});
