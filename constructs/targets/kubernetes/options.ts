import type {
  KubernetesEntrance,
  KubernetesGateway,
  KubernetesIngress,
} from "../../../core/host/forms/kubernetes/entrance.js";
import { isPodSetName, POD_SET_NAME } from "../../../core/host/forms/kubernetes/names.js";
import { ROUTE_VARIABLE } from "../../../core/host/forms/kubernetes/node.js";
import type { KubernetesNode } from "../../../core/host/forms/kubernetes/node.js";
import { imageProblems } from "../../../core/host/front-image.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import { brokenRules, matching, wholeUpTo } from "../option-rules.js";
import type { OptionRule } from "../option-rules.js";

/** Options of `KubernetesTarget.of`. */
export interface KubernetesTargetOptions {
  /** @default - that of the provider, `default` */
  readonly namespace?: string;
  /**
   * Pods of the front.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Image of the front: a copy of httpd's in a registry of your own, or one made from it.
   *
   * @default "httpd:2.4"
   */
  readonly image?: string;
  /**
   * Applications to run beside the front, by name. Members name their pods: `http://shop-0.shop.NAMESPACE.svc:8080` with the
   * route `shop-0` is the first pod of node `shop`.
   *
   * @default - none
   */
  readonly nodes?: Readonly<Record<string, KubernetesNode>>;
  /** An Ingress in front of the Service. @default - none */
  readonly ingress?: KubernetesIngress;
  /** A route of a Gateway to the Service; its kinds have to be in the cluster before a plan is made. @default - none */
  readonly gateway?: KubernetesGateway;
}

/** Most pods of one front: a limit for what is mistyped. */
const MOST_REPLICAS = 100;

/** Most pods of one node: a limit for what is mistyped. */
const MOST_PODS = 10_000;

const TARGET = "KubernetesTarget";
const PORT = { holds: wholeUpTo(65_535), allowed: "a port from 1 to 65535" };
const NAMESPACE = {
  holds: matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  allowed: "a DNS label of up to 63 lower-case letters, digits and '-'",
  fix: "name one that is there",
};

/** Names of objects that are no part of a host name, such as Secrets. */
const OBJECT_NAME = {
  holds: matching(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/),
  allowed: "lower-case letters, digits, '-' and '.'",
};

/** What is wrong with options, each seen alone. */
export function kubernetesOptionProblems(options: KubernetesTargetOptions): readonly Problem[] {
  const { namespace, replicas, image, nodes = {}, ingress, gateway } = options;
  return [
    ...(image === undefined ? [] : imageProblems(image, TARGET)),
    ...brokenRules(TARGET, [
      { name: "namespace", value: namespace, ...NAMESPACE },
      {
        name: "replicas",
        value: replicas,
        holds: wholeUpTo(MOST_REPLICAS),
        allowed: `1 to ${MOST_REPLICAS}`,
        fix: "leave it away for 2",
      },
    ]),
    ...Object.entries(nodes).flatMap(([name, node]) => nodeProblems(name, node)),
    ...brokenRules(TARGET, [
      ...entranceRules("ingress", ingress),
      { name: "ingress/className", value: ingress?.className, ...OBJECT_NAME, fix: "name a class that is there" },
      { name: "ingress/tls", value: ingress?.tls, ...OBJECT_NAME, fix: "name a Secret that is there" },
      ...entranceRules("gateway", gateway),
      { name: "gateway/name", value: gateway?.name, ...OBJECT_NAME, fix: "name a Gateway that is there" },
      { name: "gateway/namespace", value: gateway?.namespace, ...NAMESPACE },
      {
        name: "gateway/listener",
        value: gateway?.listener,
        ...OBJECT_NAME,
        fix: "name one of the Gateway's listeners",
      },
    ]),
  ];
}

/** What both ways in may be. */
function entranceRules(option: string, entrance: KubernetesEntrance | undefined): readonly OptionRule[] {
  return [
    {
      name: `${option}/host`,
      value: entrance?.host,
      holds: matching(
        /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      ),
      allowed: "a host name in lower case, without a port",
      fix: "write it like 'shop.example'",
    },
    { name: `${option}/port`, value: entrance?.port, ...PORT, fix: "name a port that the server listens at" },
    { name: `${option}/from`, value: entrance?.from, ...NAMESPACE },
  ];
}

function nodeProblems(name: string, node: KubernetesNode): readonly Problem[] {
  const subject = `node ${shown(name)} of ${TARGET}`;
  if (!isPodSetName(name)) {
    return [{ at: "/nodes", subject, found: shown(name), allowed: POD_SET_NAME, fix: "rename the node" }];
  }
  const rules = NODE_RULES.map(({ key, ...rule }): OptionRule => ({
    ...rule,
    name: `nodes/${name}/${key}`,
    called: `${key} of node ${shown(name)}`,
    value: rule.value(node),
  }));
  return [...brokenRules(TARGET, rules), ...listProblems(name, node)];
}

interface NodeRule extends Pick<OptionRule, "holds" | "allowed" | "fix"> {
  readonly key: string;
  readonly value: (node: KubernetesNode) => string | number | undefined;
}

/** What the values of a node may be; a new one is one entry. */
const NODE_RULES: readonly NodeRule[] = [
  {
    key: "image",
    value: ({ image }) => image,
    holds: matching(/^[^\s]+$/),
    allowed: "name and tag of an image",
    fix: "write it like 'tomcat:10'",
  },
  { key: "port", value: ({ port }) => port, ...PORT, fix: "write the port that members connect to" },
  {
    key: "replicas",
    value: ({ replicas }) => replicas,
    holds: wholeUpTo(MOST_PODS),
    allowed: `1 to ${MOST_PODS}`,
    fix: "leave it away for 2",
  },
  {
    key: "healthPath",
    value: ({ healthPath }) => healthPath,
    holds: matching(/^\/[\x21-\x7e]*$/),
    allowed: "a path that begins with '/'",
    fix: "write it like '/health'",
  },
  { key: "healthPort", value: ({ healthPort }) => healthPort, ...PORT, fix: "leave it away for the port of members" },
  {
    key: "replicationPort",
    value: ({ replicationPort }) => replicationPort,
    ...PORT,
    fix: "leave it away where no sessions are copied",
  },
  {
    key: "secret",
    value: ({ secret }) => secret,
    ...OBJECT_NAME,
    fix: "name a Secret that is there",
  },
  {
    key: "user",
    value: ({ user }) => user,
    holds: wholeUpTo(2_147_483_647),
    allowed: "the number of a user, and not root's",
    fix: "leave it away for the image's own user",
  },
  {
    key: "resources/cpu",
    value: ({ resources }) => resources?.cpu,
    holds: matching(/^(\d+m|\d+(\.\d{1,3})?)$/),
    allowed: "processors, or thousandths of one",
    fix: "write it like '500m'",
  },
  {
    key: "resources/memory",
    value: ({ resources }) => resources?.memory,
    holds: matching(/^\d+([kMGT]|[KMGT]i)?$/),
    allowed: "bytes with k, M, G, T, Ki, Mi, Gi or Ti",
    fix: "write it like '512Mi'",
  },
];

/** What is wrong with the entries of a node's lists and mappings. */
function listProblems(name: string, { environment = {}, writable = [] }: KubernetesNode): readonly Problem[] {
  const variables = Object.keys(environment).map((variable, index): OptionRule => ({
    name: `nodes/${name}/environment`,
    called: `variable ${index + 1} of node ${shown(name)}`,
    value: variable,
    holds: (value) => value !== ROUTE_VARIABLE && /^[A-Za-z_][A-Za-z0-9_]*$/.test(String(value)),
    allowed: `letters, digits and '_', and not ${ROUTE_VARIABLE}, which holds the name of the pod`,
    fix: "rename it",
  }));
  const folders = writable.map((folder, index): OptionRule => ({
    name: `nodes/${name}/writable/${index}`,
    called: `writable folder ${index + 1} of node ${shown(name)}`,
    value: folder,
    holds: (value) => /^\/[^:]+$/.test(String(value)) && writable.indexOf(String(value)) === index,
    allowed: "an absolute path without ':', once",
    fix: "write it like '/tmp'",
  }));
  return brokenRules(TARGET, [...variables, ...folders]);
}
