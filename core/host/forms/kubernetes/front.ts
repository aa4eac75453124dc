import type { Deployment } from "kubernetes-types/apps/v1";
import type { Service } from "kubernetes-types/core/v1";
import type { HostPlan } from "../../plan.js";
import type { Container } from "../container.js";
import { frontPod } from "./front-pod.js";
import { labelsOf, portName } from "./labels.js";

/** Which configuration the pods have, and how many there are. */
export interface Rollout {
  /** Name of their ConfigMap. */
  readonly config: string;
  readonly replicas: number;
}

/** The pods of a front, of which one more is there before one goes. */
export function deployment(plan: HostPlan, container: Container, { config, replicas }: Rollout): Deployment {
  const labels = labelsOf(plan);
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: plan.name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: { metadata: { labels }, spec: frontPod(plan, container, config) },
    },
  };
}

/** The one address of all pods of a front. */
export function service(plan: HostPlan, { ports }: Container): Service {
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
