import type { Ingress } from "kubernetes-types/networking/v1";
import type { Server } from "../../../topology/topology.js";
import { listensOf, speaksTls } from "../../../topology/ports.js";
import type { HostPlan } from "../../plan.js";
import { containerOf } from "../container.js";
import { labelsOf } from "./labels.js";
import type { Labels } from "./labels.js";

/** What an Ingress and a route of a Gateway have in common. */
export interface KubernetesEntrance {
  /** Host that clients call, also `*.shop.example`. @default - every host */
  readonly host?: string;
  /** Port of the front that it connects to, without TLS. @default - the first one that speaks none */
  readonly port?: number;
  /** Namespace of the pods that connect to the front for it; no others may then do so. @default - any may */
  readonly from?: string;
}

/** An Ingress in front of the Service of a front. */
export interface KubernetesIngress extends KubernetesEntrance {
  /** Name of the class, such as `nginx`. @default - the cluster's own */
  readonly className?: string;
  /** Name of a Secret with certificate and key: the Ingress ends TLS. @default - no TLS */
  readonly tls?: string;
}

/** A route of a Gateway that is there, to the Service of a front. */
export interface KubernetesGateway extends KubernetesEntrance {
  /** Name of the Gateway. */
  readonly name: string;
  /** @default - the namespace of the front */
  readonly namespace?: string;
  /** Name of one of its listeners. @default - all that take the host */
  readonly listener?: string;
}

/** An HTTPRoute, as far as it is used: no package has the types of the Gateway API. */
export interface HttpRoute {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "HTTPRoute";
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Labels };
  readonly spec: {
    readonly parentRefs: readonly {
      readonly name: string;
      readonly namespace?: string;
      readonly sectionName?: string;
    }[];
    readonly hostnames?: readonly string[];
    readonly rules: readonly { readonly backendRefs: readonly { readonly name: string; readonly port: number }[] }[];
  };
}

/** The Ingress that leads to the Service of a plan. */
export function ingressTo(plan: HostPlan, { className, host, tls }: KubernetesIngress, port: number): Ingress {
  const backend = { service: { name: plan.name, port: { number: port } } };
  const hosts = host === undefined ? {} : { hosts: [host] };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: plan.name, labels: labelsOf(plan) },
    spec: {
      ...(className !== undefined && { ingressClassName: className }),
      ...(tls !== undefined && { tls: [{ ...hosts, secretName: tls }] }),
      rules: [
        { ...(host !== undefined && { host }), http: { paths: [{ path: "/", pathType: "Prefix" as const, backend }] } },
      ],
    },
  };
}

/**
 * The route that leads from a Gateway to the Service of a plan.
 *
 * @param own - namespace of the front
 */
export function routeTo(plan: HostPlan, gateway: KubernetesGateway, port: number, own: string): HttpRoute {
  const { name, namespace, listener, host } = gateway;
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: plan.name, namespace: own, labels: labelsOf(plan) },
    spec: {
      parentRefs: [
        {
          name,
          ...(namespace !== undefined && { namespace }),
          ...(listener !== undefined && { sectionName: listener }),
        },
      ],
      ...(host !== undefined && { hostnames: [host] }),
      rules: [{ backendRefs: [{ name: plan.name, port }] }],
    },
  };
}

/** The ports of a front that an entrance may connect to: those that others reach, and that speak no TLS. */
export function plainPorts(plan: HostPlan, server: Server): readonly number[] {
  const withTls = new Set(listensOf(server).flatMap(({ port }) => (speaksTls(server, port) ? [port] : [])));
  return containerOf(plan).ports.filter((port) => !withTls.has(port));
}

/** The port that an entrance connects to; undefined where there is none that it could. */
export function entrancePort(plan: HostPlan, server: Server, { port }: KubernetesEntrance): number | undefined {
  const ports = plainPorts(plan, server);
  return port === undefined ? ports[0] : ports.find((each) => each === port);
}
