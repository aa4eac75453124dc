/**
 * The entry `cdktf-httpd-balancer/kubernetes`: a front on Kubernetes.
 *
 * @packageDocumentation
 */
import { checkContainer } from "../../core/host/forms/container.js";
import { filledPlan } from "../../core/host/forms/holes.js";
import { checkKubernetes, kubernetesObjects } from "../../core/host/forms/kubernetes.js";
import type { KubernetesObjects } from "../../core/host/forms/kubernetes.js";
import { ProblemError } from "../../core/vocabulary/problem.js";
import type { Problem } from "../../core/vocabulary/problem.js";
import { following } from "../following.js";
import { StackText } from "../stack-text.js";
import type { DeployTarget, Site } from "../target.js";
import { brokenRules, matching, wholeUpTo } from "./option-rules.js";
import { sitePlan, watchPlan } from "./planned.js";
import { ProviderResource } from "./provider-resource.js";
import type { Arguments, ProviderUse, ResourceSurroundings } from "./provider-resource.js";

/** Options of {@link KubernetesTarget.of}. */
export interface KubernetesTargetOptions {
  /** @default - that of the provider, `default` */
  readonly namespace?: string;
  /**
   * Pods of the front.
   *
   * @default 2
   */
  readonly replicas?: number;
}

const KUBERNETES: ProviderUse = { name: "kubernetes", source: "hashicorp/kubernetes", version: ">= 2.20.0" };

/** Most pods of one front: a limit for what is mistyped. */
const MOST_REPLICAS = 100;

/**
 * A front on Kubernetes: the objects that `render --as kubernetes` writes, as resources. A changed httpd.conf is a ConfigMap
 * of another name, so that pods are replaced one by one, each when the one before serves through a member. A secret stands in
 * the Secret that the objects name, which is brought by other means.
 */
export class KubernetesTarget implements DeployTarget {
  readonly #options: KubernetesTargetOptions;

  private constructor(options: KubernetesTargetOptions) {
    this.#options = options;
  }

  /** @throws ProblemError when a value is wrong */
  static of(options: KubernetesTargetOptions = {}): KubernetesTarget {
    const problems = optionProblems(options);
    if (problems.length > 0) throw new ProblemError(problems);
    return new KubernetesTarget(options);
  }

  /** A resource for each object; the file is handed over as a value, so that nothing in it has to be escaped. */
  deploy(site: Site): void {
    const planned = sitePlan(site, { layout: "docker", secrets: "environment" });
    watchPlan(site, planned, (plan) => [...checkContainer(plan), ...checkKubernetes(plan)]);
    const objects = following(site.describe, () => {
      const plan = planned();
      return plan === undefined || checkKubernetes(plan).length > 0
        ? undefined
        : kubernetesObjects(filledPlan(plan).plan, this.#options.replicas);
    });
    const text = new StackText(site.scope, "httpd.conf", () => planned()?.files[0]?.text);
    const make = (id: string, type: string, part: keyof KubernetesObjects, around: ResourceSurroundings = {}) =>
      new ProviderResource(
        site.scope,
        id,
        { use: KUBERNETES, type },
        () => {
          const now = objects();
          if (now === undefined) return {};
          const words = this.#placed(inTerraformsWords(now[part], part === "networkPolicy"));
          return part === "config" ? { ...words, data: { [fileName(now)]: text.value } } : words;
        },
        around,
      );
    const config = make("config", "kubernetes_config_map_v1", "config", {
      lifecycle: { createBeforeDestroy: true, precondition: text.preconditions },
    });
    make("front", "kubernetes_deployment_v1", "deployment", { dependsOn: [config.dependable] });
    make("service", "kubernetes_service_v1", "service");
    make("disruption-budget", "kubernetes_pod_disruption_budget_v1", "disruptionBudget");
    make("network-policy", "kubernetes_network_policy_v1", "networkPolicy");
  }

  #placed(words: Arguments): Arguments {
    const { namespace } = this.#options;
    if (namespace === undefined) return words;
    return { ...words, metadata: { ...(words["metadata"] as object), namespace } };
  }
}

/** The one file of the ConfigMap. */
function fileName({ config }: KubernetesObjects): string {
  return Object.keys(config.data ?? {})[0] ?? "";
}

/** Mappings whose keys are the user's: they are no words of Kubernetes. */
const OWN_KEYS: ReadonlySet<string> = new Set(["labels", "matchLabels", "limits", "requests", "data"]);

/** Lists of Kubernetes that the provider has as blocks of one, and so in the singular. */
const SINGULAR: Readonly<Record<string, string>> = {
  containers: "container",
  volumes: "volume",
  volumeMounts: "volume_mount",
  sysctls: "sysctl",
  topologySpreadConstraints: "topology_spread_constraint",
  ports: "port",
};

/**
 * An object of Kubernetes in the words of its provider: what is `matchLabels` there is `match_labels` here.
 *
 * @param plural - whether ports stay `ports`, as they do in a network policy
 */
function inTerraformsWords(value: object, plural: boolean): Arguments {
  const entries = Object.entries(value as Record<string, unknown>).filter(
    ([key]) => !["apiVersion", "kind"].includes(key),
  );
  return Object.fromEntries(
    entries.map(([key, each]) => {
      const word = plural && key === "ports" ? key : (SINGULAR[key] ?? snakeCase(key));
      const own = OWN_KEYS.has(key) || isLabels(key, each);
      return [word, own ? each : partInTerraformsWords(each, plural)];
    }),
  );
}

function partInTerraformsWords(value: unknown, plural: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => partInTerraformsWords(each, plural));
  return typeof value === "object" && value !== null ? inTerraformsWords(value, plural) : value;
}

/** A Service selects by labels alone, a Deployment by `matchLabels`. */
function isLabels(key: string, value: unknown): boolean {
  return key === "selector" && !("matchLabels" in (value as object));
}

function snakeCase(word: string): string {
  return word.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);
}

function optionProblems({ namespace, replicas }: KubernetesTargetOptions): readonly Problem[] {
  return brokenRules("KubernetesTarget", [
    {
      name: "namespace",
      value: namespace,
      holds: matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
      allowed: "a DNS label of up to 63 lower-case letters, digits and '-'",
      fix: "name one that is there",
    },
    {
      name: "replicas",
      value: replicas,
      holds: wholeUpTo(MOST_REPLICAS),
      allowed: `1 to ${MOST_REPLICAS}`,
      fix: "leave it away for 2",
    },
  ]);
}
