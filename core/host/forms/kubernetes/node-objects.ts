import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Container as PodContainer, PodSpec, ResourceRequirements, Service } from "kubernetes-types/core/v1";
import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1";
import type { HostPlan } from "../../plan.js";
import { labelsOf, portName } from "./labels.js";
import type { Labels } from "./labels.js";
import { nodePolicy } from "./network-policy.js";
import { replicasOf, ROUTE_VARIABLE } from "./node.js";
import type { KubernetesNode, KubernetesResources } from "./node.js";
import { disruptionBudget, spread } from "./spread.js";
import { writableMounts, writableVolumes } from "./writable.js";

/** The objects that a node consists of. */
export interface KubernetesNodeObjects {
  readonly service: Service;
  readonly statefulSet: StatefulSet;
  readonly disruptionBudget: PodDisruptionBudget;
  readonly networkPolicy: NetworkPolicy;
}

/** Seconds in which an application may answer what it has begun, after it was told to end. */
const GRACE = 60;

/**
 * The objects of an application: pods whose names stay, a Service without an address of its own that gives each a name, a
 * disruption budget, and a policy that lets in nobody but the front.
 */
export function kubernetesNodeObjects(name: string, node: KubernetesNode, front: HostPlan): KubernetesNodeObjects {
  const labels = labelsOf({ name, kind: "node" });
  return {
    service: headlessService(name, node, labels),
    statefulSet: statefulSet(name, node, labels),
    disruptionBudget: disruptionBudget(name, labels),
    networkPolicy: nodePolicy({ name, labels }, node, labelsOf(front)),
  };
}

/**
 * A pod that is there keeps its name while it is not ready: httpd then finds that nobody listens, and asks the next member.
 * A name without an address would be a 500 for which it asks none (docs/targets.md, "Names of several addresses").
 */
function headlessService(name: string, { port }: KubernetesNode, labels: Labels): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, labels },
    spec: {
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: labels,
      ports: [{ name: portName(port), port, targetPort: portName(port) }],
    },
  };
}

/** Pods start together, because none needs another one; a change takes one after another, the last one first. */
function statefulSet(name: string, node: KubernetesNode, labels: Labels): StatefulSet {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name, labels },
    spec: {
      serviceName: name,
      replicas: replicasOf(node),
      podManagementPolicy: "Parallel",
      updateStrategy: { type: "RollingUpdate" },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: nodePod(node, labels) },
    },
  };
}

function nodePod(node: KubernetesNode, labels: Labels): PodSpec {
  const { user, writable = [] } = node;
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: GRACE,
    securityContext: {
      ...(user !== undefined && { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user }),
      seccompProfile: { type: "RuntimeDefault" },
    },
    topologySpreadConstraints: spread(labels),
    containers: [nodeContainer(node)],
    ...(writable.length > 0 && { volumes: writableVolumes(writable, {}) }),
  };
}

function nodeContainer(node: KubernetesNode): PodContainer {
  const { image, command, environment = {}, secret, user, writable, resources } = node;
  return {
    name: "node",
    image,
    ...(command !== undefined && { command: [...command] }),
    ports: openPorts(node).map((containerPort) => ({ name: portName(containerPort), containerPort })),
    env: [
      { name: ROUTE_VARIABLE, valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      ...Object.entries(environment).map(([name, value]) => ({ name, value })),
    ],
    ...(secret !== undefined && { envFrom: [{ secretRef: { name: secret } }] }),
    ...(resources !== undefined && { resources: resourcesOf(resources) }),
    securityContext: {
      allowPrivilegeEscalation: false,
      ...(writable !== undefined && { readOnlyRootFilesystem: true }),
      ...(user !== undefined && { capabilities: { drop: ["ALL"] } }),
    },
    readinessProbe: { ...askedAt(node), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 2 },
    ...(writable !== undefined && {
      volumeMounts: writableMounts(writable),
    }),
  };
}

function askedAt({ port, healthPath: path, healthPort = port }: KubernetesNode) {
  return path === undefined ? { tcpSocket: { port: healthPort } } : { httpGet: { path, port: healthPort } };
}

/** Every port that somebody connects to, once. */
function openPorts({ port, healthPort, replicationPort }: KubernetesNode): readonly number[] {
  return [...new Set([port, healthPort, replicationPort].filter((each) => each !== undefined))];
}

/** Processors that are free may be taken; memory that was taken cannot be taken back. */
function resourcesOf({ cpu, memory }: KubernetesResources): ResourceRequirements {
  return {
    requests: { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) },
    ...(memory !== undefined && { limits: { memory } }),
  };
}
