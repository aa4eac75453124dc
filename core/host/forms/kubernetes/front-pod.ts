import type { Container as PodContainer, PodSpec } from "kubernetes-types/core/v1";
import type { Drain, HostPlan } from "../../plan.js";
import type { Container } from "../container.js";
import { labelsOf, portName } from "./labels.js";
import { spread } from "./spread.js";
import { writableMounts, writableVolumes } from "./writable.js";

const RESOURCES = {
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "1", memory: "256Mi" },
} as const satisfies PodContainer["resources"];

/**
 * The pod of a front, as the restricted level of Pod Security asks for it.
 *
 * @param config - name of the ConfigMap with its files
 */
export function frontPod(plan: HostPlan, container: Container, config: string): PodSpec {
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
    topologySpreadConstraints: spread(labelsOf(plan)),
    containers: [containerSpec(plan, container)],
    volumes: [{ name: "config", configMap: { name: config } }, ...writableVolumes(writable, { sizeLimit: "64Mi" })],
  };
}

/** The Secret that brings the variables of a plan. */
export function secretName({ name }: HostPlan): string {
  return `${name}-secrets`;
}

function containerSpec(plan: HostPlan, container: Container): PodContainer {
  const { image, command, files, writable, ports, probe } = container;
  const { variables = [], drain, health } = plan;
  return {
    name: plan.kind,
    image,
    args: [...command],
    ports: ports.map((containerPort) => ({ name: portName(containerPort), containerPort })),
    // An empty list would be no change, and yet be told as one by each `kubectl apply`.
    ...(variables.length > 0 && {
      env: variables.map(({ name }) => ({ name, valueFrom: { secretKeyRef: { name: secretName(plan), key: name } } })),
    }),
    resources: RESOURCES,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    readinessProbe: { exec: { command: [...probe] }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 2 },
    livenessProbe: {
      // The node connects to the pod's address, where a port of loopback is closed.
      tcpSocket: { port: ports[0] ?? health.port },
      initialDelaySeconds: 5,
      periodSeconds: 10,
      failureThreshold: 6,
    },
    ...(drain === undefined ? {} : { lifecycle: { preStop: { exec: { command: drainCommand(drain) } } } }),
    volumeMounts: [
      ...files.map(({ name, path }) => ({ name: "config", mountPath: path, subPath: name, readOnly: true })),
      ...writableMounts(writable),
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
