import type { Deployment } from "kubernetes-types/apps/v1";
import type { ConfigMap, Container as PodContainer, PodSpec, Service } from "kubernetes-types/core/v1";
import type { NetworkPolicy, NetworkPolicyEgressRule } from "kubernetes-types/networking/v1";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1";
import { byteLength } from "../../httpd/byte-length.js";
import type { Rendered } from "../../render/render.js";
import { yamlOf } from "../../shape/written.js";
import { sha256 } from "../../topology/sha256.js";
import type { Topology } from "../../topology/topology.js";
import type { Problem } from "../../vocabulary/problem.js";
import { shown } from "../../vocabulary/shown.js";
import type { FrontPlanning } from "../front-plan.js";
import type { Drain, Egress, HostPlan } from "../plan.js";
import { checkContainer, containerOf } from "./container.js";
import type { Container } from "./container.js";
import { frontPlans } from "./front-plans.js";
import { perHost } from "./per-host.js";
import { WRITTEN_BY } from "./written-by.js";

/** Most bytes that Kubernetes keeps in one ConfigMap. */
const MOST_BYTES = 1_048_576;

/** Fronts of a kind; two, so that one may leave. */
const REPLICAS = 2;

const RESOURCES = {
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "1", memory: "256Mi" },
} as const satisfies PodContainer["resources"];

/** The objects that a front consists of, in the order in which they are made. */
export interface KubernetesObjects {
  readonly config: ConfigMap & { readonly metadata: { readonly name: string } };
  readonly deployment: Deployment;
  readonly service: Service;
  readonly disruptionBudget: PodDisruptionBudget;
  readonly networkPolicy: NetworkPolicy;
}

/** The manifests of the fronts of a topology, in a folder of the server's name each where there are several. */
export function renderKubernetes(topology: Topology, planning: FrontPlanning = {}): Rendered {
  const planned = frontPlans(topology, { layout: "docker", ...planning, secrets: "environment" }, checkKubernetes);
  if (!planned.ok) return planned;
  return { ok: true, files: perHost(planned.plans, "kubernetes.yaml", kubernetesManifests) };
}

/**
 * The objects that carry out a plan: a ConfigMap that bears the hash of its content in its name, so that a change
 * rolls; a Deployment of which a pod is ready when it serves; a Service, a disruption budget and a network policy.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function kubernetesObjects(plan: HostPlan, replicas = REPLICAS): KubernetesObjects {
  const container = containerOf(plan);
  const config = configMap(plan, container);
  return {
    config,
    deployment: deployment(plan, container, { config: config.metadata.name, replicas }),
    service: service(plan, container),
    disruptionBudget: disruptionBudget(plan),
    networkPolicy: networkPolicy(plan, container),
  };
}

/** The same as one file of manifests. */
function kubernetesManifests(plan: HostPlan): string {
  const { inside } = containerOf(plan);
  const { variables = [] } = plan;
  const keys = variables.map(
    ({ name, what }) => `# Secret ${secretName(plan)} has to hold ${name}: ${oneLine(what)}\n`,
  );
  const neighbours = inside.map(
    (member) => `# ${oneLine(member)}: on localhost, so add it as a container of the pod.\n`,
  );
  const documents = Object.values(kubernetesObjects(plan)).map((each) => yamlOf(each as Parameters<typeof yamlOf>[0]));
  return `${WRITTEN_BY}${keys.join("")}${neighbours.join("")}${documents.join("---\n")}`;
}

/** What keeps a plan from becoming manifests. */
export function checkKubernetes(plan: HostPlan): readonly Problem[] {
  const { name, files } = plan;
  const problems = [...checkContainer(plan)];
  if (!/^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/.test(name)) {
    const allowed = "a DNS label of up to 52 lower-case letters, digits and '-', which begins with a letter";
    const subject = `name of server ${shown(name)}`;
    problems.push({ at: "/name", subject, found: shown(name), allowed, fix: "rename the server" });
  }
  const bytes = files.reduce((sum, { text }) => sum + (typeof text === "string" ? byteLength(text) : 0), 0);
  if (bytes > MOST_BYTES) {
    const subject = `configuration of server ${shown(name)}`;
    const allowed = `${MOST_BYTES} bytes, which a ConfigMap takes`;
    problems.push({ at: "", subject, found: `${bytes} bytes`, allowed, fix: "split the server" });
  }
  return problems;
}

function labelsOf({ name, kind }: HostPlan): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/component": kind };
}

function configMap(plan: HostPlan, { files }: Container) {
  const data = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  const hash = sha256(new TextEncoder().encode(JSON.stringify(data))).slice(0, 10);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${plan.name}-${hash}`, labels: labelsOf(plan) },
    immutable: true,
    data,
  } as const satisfies ConfigMap;
}

/** Which configuration the pods have, and how many there are. */
interface Rollout {
  readonly config: string;
  readonly replicas: number;
}

function deployment(plan: HostPlan, container: Container, { config, replicas }: Rollout): Deployment {
  const labels = labelsOf(plan);
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: plan.name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: { metadata: { labels }, spec: podOf(plan, container, config) },
    },
  };
}

/** What the restricted level of Pod Security asks for. */
function podOf(plan: HostPlan, container: Container, config: string): PodSpec {
  const { uid, writable } = container;
  const limit = plan.drain === undefined ? 30 : plan.drain.notice + plan.drain.limit;
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: limit,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: uid,
      runAsGroup: uid,
      fsGroup: uid,
      seccompProfile: { type: "RuntimeDefault" },
      sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    },
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: labelsOf(plan) },
    })),
    containers: [containerSpec(plan, container)],
    volumes: [
      { name: "config", configMap: { name: config } },
      ...writable.map((_, index) => ({ name: `writable-${index}`, emptyDir: { sizeLimit: "64Mi" } })),
    ],
  };
}

function containerSpec(plan: HostPlan, container: Container): PodContainer {
  const { image, files, writable, ports, probe } = container;
  const { variables = [], drain, health } = plan;
  return {
    name: plan.kind,
    image,
    ports: ports.map((containerPort) => ({ name: portName(containerPort), containerPort })),
    env: variables.map(({ name }) => ({ name, valueFrom: { secretKeyRef: { name: secretName(plan), key: name } } })),
    resources: RESOURCES,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    readinessProbe: { exec: { command: [...probe] }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 2 },
    livenessProbe: {
      tcpSocket: { port: health.port },
      initialDelaySeconds: 5,
      periodSeconds: 10,
      failureThreshold: 6,
    },
    ...(drain === undefined ? {} : { lifecycle: { preStop: { exec: { command: drainCommand(drain) } } } }),
    volumeMounts: [
      ...files.map(({ name, path }) => ({ name: "config", mountPath: path, subPath: name, readOnly: true })),
      ...writable.map((mountPath, index) => ({ name: `writable-${index}`, mountPath })),
    ],
  };
}

/**
 * Requests still come for some seconds after a pod was told to leave: it waits for that, then lets the first process
 * answer what it has, and does not end before it.
 */
function drainCommand({ notice, signal }: Drain): string[] {
  const told = `kill -${signal.replace("SIG", "")} 1`;
  return ["sh", "-c", `sleep ${notice}; ${told}; while kill -0 1 2>/dev/null; do sleep 1; done`];
}

function service(plan: HostPlan, { ports }: Container): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: plan.name, labels: labelsOf(plan) },
    spec: {
      type: "ClusterIP",
      selector: labelsOf(plan),
      ports: ports.map((port) => ({ name: portName(port), port, targetPort: portName(port) })),
    },
  };
}

function disruptionBudget(plan: HostPlan): PodDisruptionBudget {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: plan.name, labels: labelsOf(plan) },
    spec: { maxUnavailable: 1, selector: { matchLabels: labelsOf(plan) } },
  };
}

/** In to the ports of the plan, out to its members and to DNS; nothing else. */
function networkPolicy(plan: HostPlan, { ports, inside }: Container): NetworkPolicy {
  const outside = plan.egress.filter(({ member }) => !inside.includes(member));
  const dns: NetworkPolicyEgressRule = {
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: plan.name, labels: labelsOf(plan) },
    spec: {
      podSelector: { matchLabels: labelsOf(plan) },
      policyTypes: ["Ingress", "Egress"],
      ingress: ports.length === 0 ? [] : [{ ports: ports.map((port) => ({ protocol: "TCP", port })) }],
      egress: [dns, ...outside.filter(distinct).map(egressRule)],
    },
  };
}

function distinct({ host, port }: Egress, index: number, all: readonly Egress[]): boolean {
  const by = IPV4.test(host) ? host : "";
  return all.findIndex((other) => other.port === port && (IPV4.test(other.host) ? other.host : "") === by) === index;
}

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** A policy knows addresses and no names: a member that is named may be anywhere, on its port. */
function egressRule({ host, port }: Egress): NetworkPolicyEgressRule {
  const ports = [{ protocol: "TCP", port }];
  return IPV4.test(host) ? { to: [{ ipBlock: { cidr: `${host}/32` } }], ports } : { ports };
}

function portName(port: number): string {
  return `port-${port}`;
}

function secretName({ name }: HostPlan): string {
  return `${name}-secrets`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
