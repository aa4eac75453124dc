/**
 * The entry `cdktf-httpd-balancer/kubernetes`: a front on Kubernetes.
 *
 * @packageDocumentation
 */
import { filledPlan } from "../../core/host/forms/holes.js";
import { checkKubernetes, FRONT_REPLICAS, kubernetesObjects } from "../../core/host/forms/kubernetes/manifests.js";
import type { KubernetesObjects } from "../../core/host/forms/kubernetes/manifests.js";
import { entrancePort, ingressTo, routeTo } from "../../core/host/forms/kubernetes/entrance.js";
import type { KubernetesEntrance } from "../../core/host/forms/kubernetes/entrance.js";
import { checkEntrances } from "../../core/host/forms/kubernetes/entrance-problems.js";
import type { AskedEntrance } from "../../core/host/forms/kubernetes/entrance-problems.js";
import type { KubernetesNodes } from "../../core/host/forms/kubernetes/node.js";
import { kubernetesNodeObjects } from "../../core/host/forms/kubernetes/node-objects.js";
import type { KubernetesNodeObjects } from "../../core/host/forms/kubernetes/node-objects.js";
import { checkKubernetesNodes } from "../../core/host/forms/kubernetes/node-problems.js";
import type { HostPlan } from "../../core/host/plan.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import { following } from "../following.js";
import { StackText } from "../stack-text.js";
import type { DeployTarget, Placement, Site } from "../target.js";
import { kubernetesOptionProblems } from "./kubernetes/options.js";
import type { KubernetesTargetOptions } from "./kubernetes/options.js";
import { takeNames } from "./kubernetes/taken-names.js";
import { inTerraformsWords } from "./kubernetes/words.js";
import { sitePlan, watchPlan } from "./planned.js";
import { ProviderResource } from "./provider-resource.js";
import type { ProviderUse, ResourceSurroundings } from "./provider-resource.js";

export type {
  KubernetesEntrance,
  KubernetesGateway,
  KubernetesIngress,
} from "../../core/host/forms/kubernetes/entrance.js";
export type { KubernetesNode, KubernetesResources } from "../../core/host/forms/kubernetes/node.js";
export type { KubernetesTargetOptions } from "./kubernetes/options.js";

const KUBERNETES: ProviderUse = { name: "kubernetes", source: "hashicorp/kubernetes", version: ">= 2.20.0" };

/** The resource of each object of a front but its ConfigMap and its pods, with its id. */
const FRONT = {
  service: ["service", "kubernetes_service_v1"],
  disruptionBudget: ["disruption-budget", "kubernetes_pod_disruption_budget_v1"],
  networkPolicy: ["network-policy", "kubernetes_network_policy_v1"],
} as const satisfies Partial<Record<keyof KubernetesObjects, readonly [id: string, type: string]>>;

/** The resource of each object of a node, with its id. */
const NODE = {
  ...FRONT,
  statefulSet: ["stateful-set", "kubernetes_stateful_set_v1"],
} as const satisfies Record<keyof KubernetesNodeObjects, readonly [id: string, type: string]>;

/**
 * A front on Kubernetes: the objects that `render --as kubernetes` writes, as resources; application nodes beside it where they
 * are named. A changed httpd.conf is a ConfigMap of another name, so that pods are replaced one by one, each when the one before
 * serves through a member. A secret stands in the Secret that the objects name, which is brought by other means.
 */
export class KubernetesTarget implements DeployTarget {
  readonly #options: KubernetesTargetOptions;
  readonly #beside: KubernetesNodes;
  readonly #entrances: readonly AskedEntrance[];

  private constructor(options: KubernetesTargetOptions) {
    const { namespace = "default", nodes = {} } = options;
    this.#options = options;
    this.#beside = { namespace, nodes };
    this.#entrances = (["ingress", "gateway"] as const).flatMap((option) => {
      const entrance = options[option];
      return entrance === undefined ? [] : [{ option, entrance }];
    });
  }

  /** @throws ProblemError when a value is wrong */
  static of(options: KubernetesTargetOptions = {}): KubernetesTarget {
    const problems = kubernetesOptionProblems(options);
    if (problems.length > 0) throw new ProblemError(problems);
    return new KubernetesTarget(options);
  }

  /** Its pods; the cluster decides in which zones they stand. */
  get placement(): Placement {
    return { fronts: { count: this.#options.replicas ?? FRONT_REPLICAS } };
  }

  /** A resource for each object; the file is handed over as a value, so that nothing in it has to be escaped. */
  deploy(site: Site): void {
    takeNames(site, this.#beside.namespace, Object.keys(this.#beside.nodes));
    const { image } = this.#options;
    const planned = sitePlan(site, { layout: "docker", secrets: "environment", ...(image !== undefined && { image }) });
    watchPlan(site, planned, (plan) => [
      ...checkKubernetes(plan),
      ...checkKubernetesNodes(site.describe(), this.#beside),
      ...site.describe().servers.flatMap((server) => checkEntrances(plan, server, this.#entrances)),
    ]);
    const filled = following(site.describe, () => {
      const plan = planned();
      return plan === undefined || checkKubernetes(plan).length > 0 ? undefined : filledPlan(plan).plan;
    });
    const nodes = Object.keys(this.#beside.nodes).flatMap((name) => this.#makeNode(site, name, filled));
    this.#makeFront(site, { planned, filled, nodes });
    this.#makeEntrances(site, filled);
  }

  #makeFront(site: Site, { planned, filled, nodes }: Making): void {
    const { replicas } = this.#options;
    const from = this.#entrances.map(({ entrance }) => entrance.from).filter((each) => each !== undefined);
    const front = {
      beside: this.#beside,
      ...(replicas !== undefined && { replicas }),
      ...(from.length > 0 && from.length === this.#entrances.length && { from }),
    };
    const objects = following(site.describe, () => {
      const plan = filled();
      return plan === undefined ? undefined : kubernetesObjects(plan, front);
    });
    const text = new StackText(site.scope, "httpd.conf", () => planned()?.files[0]?.text);
    const config = this.#make(
      site,
      ["config", "kubernetes_config_map_v1"],
      () => {
        const now = objects()?.config;
        return now === undefined ? undefined : { ...now, data: { [Object.keys(now.data ?? {})[0] ?? ""]: text.value } };
      },
      { lifecycle: { createBeforeDestroy: true, precondition: text.preconditions } },
    );
    const before = [config, ...nodes].map(({ dependable }) => dependable);
    this.#make(site, ["front", "kubernetes_deployment_v1"], () => objects()?.deployment, { dependsOn: before });
    for (const part of ["service", "disruptionBudget", "networkPolicy"] as const) {
      this.#make(site, FRONT[part], () => objects()?.[part]);
    }
  }

  #makeEntrances(site: Site, filled: () => HostPlan | undefined): void {
    const { ingress, gateway } = this.#options;
    const portOf = (plan: HostPlan, entrance: KubernetesEntrance): number => {
      const [server] = site.describe().servers;
      return (server === undefined ? undefined : entrancePort(plan, server, entrance)) ?? 80;
    };
    if (ingress !== undefined) {
      this.#make(site, ["ingress", "kubernetes_ingress_v1"], () => {
        const plan = filled();
        return plan === undefined ? undefined : ingressTo(plan, ingress, portOf(plan, ingress));
      });
    }
    if (gateway === undefined) return;
    new ProviderResource(site.scope, "route", { use: KUBERNETES, type: "kubernetes_manifest" }, () => {
      const plan = filled();
      if (plan === undefined) return {};
      return { manifest: routeTo(plan, gateway, portOf(plan, gateway), this.#beside.namespace) };
    });
  }

  #makeNode(site: Site, name: string, filled: () => HostPlan | undefined): readonly ProviderResource[] {
    const node = this.#beside.nodes[name];
    if (node === undefined) return [];
    const objects = following(site.describe, () => {
      const plan = filled();
      return plan === undefined ? undefined : kubernetesNodeObjects(name, node, plan);
    });
    const parts = Object.keys(NODE) as (keyof typeof NODE)[];
    return parts.map((part) => {
      const [id, type] = NODE[part];
      return this.#make(site, [`node-${name}-${id}`, type], () => objects()?.[part]);
    });
  }

  #make(
    { scope }: Site,
    [id, type]: readonly [id: string, type: string],
    object: () => object | undefined,
    around: ResourceSurroundings = {},
  ): ProviderResource {
    const words = () => {
      const now = object();
      return now === undefined ? {} : inTerraformsWords(now, this.#options.namespace);
    };
    return new ProviderResource(scope, id, { use: KUBERNETES, type }, words, around);
  }
}

/** What a front is made from. */
interface Making {
  readonly planned: () => HostPlan | undefined;
  /** The plan without holes; undefined while something keeps it from being carried out. */
  readonly filled: () => HostPlan | undefined;
  readonly nodes: readonly ProviderResource[];
}
