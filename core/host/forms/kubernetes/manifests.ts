import type { Deployment } from "kubernetes-types/apps/v1";
import type { Service } from "kubernetes-types/core/v1";
import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1";
import type { Rendered } from "../../../render/render.js";
import { yamlOf } from "../../../shape/written.js";
import type { Topology } from "../../../topology/topology.js";
import type { Problem } from "../../../vocabulary/problem.js";
import { shown } from "../../../vocabulary/shown.js";
import type { FrontPlanning } from "../../front-plan.js";
import type { HostPlan } from "../../plan.js";
import { checkContainer, containerOf } from "../container.js";
import { frontPlans } from "../front-plans.js";
import { checkConfigMap, configMap } from "./config-map.js";
import type { NamedConfigMap } from "./config-map.js";
import { deployment, service } from "./front.js";
import { secretName } from "./front-pod.js";
import { labelsOf } from "./labels.js";
import { isPodSetName, POD_SET_NAME } from "./names.js";
import { frontPolicy } from "./network-policy.js";
import type { KubernetesNodes } from "./node.js";
import { disruptionBudget } from "./spread.js";
import { checkReached } from "./reached.js";
import { perHost } from "../per-host.js";
import { WRITTEN_BY } from "../written-by.js";

/** Pods of a front where nothing is said: two, so that one may leave. */
export const FRONT_REPLICAS = 2;

/** The objects that a front consists of, in the order in which they are made. */
export interface KubernetesObjects {
  readonly config: NamedConfigMap;
  readonly deployment: Deployment;
  readonly service: Service;
  readonly disruptionBudget: PodDisruptionBudget;
  readonly networkPolicy: NetworkPolicy;
}

/** What is told of a front beside its plan. */
export interface KubernetesFront {
  /** @default 2, so that one may leave */
  readonly replicas?: number;
  /** Nodes that are made beside it. @default - none */
  readonly beside?: KubernetesNodes;
  /** Namespaces whose pods alone may connect to it. @default - everybody may */
  readonly from?: readonly string[];
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
export function kubernetesObjects(
  plan: HostPlan,
  { replicas = FRONT_REPLICAS, beside = { namespace: "default", nodes: {} }, from }: KubernetesFront = {},
): KubernetesObjects {
  const container = containerOf(plan);
  const config = configMap(plan, container);
  return {
    config,
    deployment: deployment(plan, container, { config: config.metadata.name, replicas }),
    service: service(plan, container),
    disruptionBudget: disruptionBudget(plan.name, labelsOf(plan)),
    networkPolicy: frontPolicy(plan, container, { beside, from }),
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
  const { name } = plan;
  const subject = `name of server ${shown(name)}`;
  const named: Problem = { at: "/name", subject, found: shown(name), allowed: POD_SET_NAME, fix: "rename the server" };
  return [
    ...checkContainer(plan),
    ...checkReached(plan),
    ...(isPodSetName(name) ? [] : [named]),
    ...checkConfigMap(plan),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
