import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer } from "kubernetes-types/networking/v1";
import { isIpAddress } from "../../../httpd/address.js";
import type { Egress, HostPlan } from "../../plan.js";
import type { Container } from "../container.js";
import { labelsOf } from "./labels.js";
import type { Labels } from "./labels.js";
import type { KubernetesNode, KubernetesNodes } from "./node.js";
import { meantPods } from "./pod-name.js";

/** Names are looked up wherever the cluster has its name servers. */
const DNS: NetworkPolicyEgressRule = {
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

/** Who is at the other end of a front. */
export interface FrontPeers {
  /** Nodes that are made beside it. */
  readonly beside: KubernetesNodes;
  /** Namespaces whose pods connect to it; undefined for everybody. */
  readonly from: readonly string[] | undefined;
}

/** In to the ports of a front, out to its members and to DNS; nothing else. */
export function frontPolicy(plan: HostPlan, { ports, inside }: Container, { beside, from }: FrontPeers): NetworkPolicy {
  const isInside = new Set(inside);
  const rules = plan.egress.filter(({ member }) => !isInside.has(member)).map((egress) => egressRule(egress, beside));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: plan.name, labels: labelsOf(plan) },
    spec: {
      podSelector: { matchLabels: labelsOf(plan) },
      policyTypes: ["Ingress", "Egress"],
      ingress:
        ports.length === 0
          ? []
          : [
              {
                ...(from !== undefined && { from: from.map(inNamespace) }),
                ports: ports.map((port) => ({ protocol: "TCP", port })),
              },
            ],
      egress: [DNS, ...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()],
    },
  };
}

/** All pods of a namespace, by the label that Kubernetes gives each of them. */
function inNamespace(namespace: string): NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}

/** Whose policy is made. */
interface Owner {
  readonly name: string;
  readonly labels: Labels;
}

/** In from the front and, where sessions are copied, from its own kind; what the application reaches is nobody's word here. */
export function nodePolicy(
  { name, labels }: Owner,
  { port, replicationPort }: KubernetesNode,
  front: Labels,
): NetworkPolicy {
  const from = (who: Labels, number: number) => ({
    from: [{ podSelector: { matchLabels: who } }],
    ports: [{ protocol: "TCP", port: number }],
  });
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, labels },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ["Ingress"],
      ingress: [from(front, port), ...(replicationPort === undefined ? [] : [from(labels, replicationPort)])],
    },
  };
}

/**
 * A policy knows labels and addresses, and no names: pods that are made beside the front are named by their labels, and a
 * member that is named otherwise may be anywhere, on its port.
 */
function egressRule({ host, port }: Egress, beside: KubernetesNodes): NetworkPolicyEgressRule {
  const ports = [{ protocol: "TCP", port }];
  if (isIpAddress(host) && !OCTAL.test(host)) return { to: [{ ipBlock: { cidr: networkOf(host) } }], ports };
  const meant = meantPods(host, beside);
  if (meant === undefined) return { ports };
  return { to: [{ podSelector: { matchLabels: labelsOf({ name: meant.node, kind: "node" }) } }], ports };
}

/** Zeros in front, with which httpd's resolver takes `010.0.0.1` for 8.0.0.1; Kubernetes refuses them. */
const OCTAL = /(^|[.:])0\d+\.|\.0\d+$/;

/** The network of one address. */
function networkOf(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`;
}
