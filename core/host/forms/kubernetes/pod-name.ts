import type { KubernetesNodes } from "./node.js";

/** What of the nodes a host name leads to. */
export interface MeantPods {
  /** Name of the node, and of its Service. */
  readonly node: string;
  /** The one pod; undefined for the name of the Service, which leads to all of them. */
  readonly pod: string | undefined;
}

/**
 * What a host name in a member's URL means inside of the namespace, where names are looked up below `NAMESPACE.svc` and `svc`
 * first: `shop-0.shop`, `shop-0.shop.NAMESPACE`, `shop-0.shop.NAMESPACE.svc`, and the last one with the domain of the cluster.
 * Without `.svc` only what a pod can be called is taken for one, as others may have `www.shop`.
 *
 * @param host - in lower case
 */
export function meantPods(host: string, { namespace, nodes }: KubernetesNodes): MeantPods | undefined {
  const [first = "", second = "", ...rest] = host.replace(/\.$/, "").split(".");
  const place = placed(rest, namespace);
  if (Object.hasOwn(nodes, second) && (place === "whole" || (place === "short" && isPodOf(first, second)))) {
    return { node: second, pod: first };
  }
  const isService = Object.hasOwn(nodes, first);
  const behind = second === "" ? rest : [second, ...rest];
  return isService && placed(behind, namespace) !== undefined ? { node: first, pod: undefined } : undefined;
}

/** What a pod is called in its namespace and in all others. */
export function podHost(node: string, ordinal: number, namespace: string): string {
  return `${podName(node, ordinal)}.${node}.${namespace}.svc`;
}

/** What a pod is called, and its route. */
export function podName(node: string, ordinal: number): string {
  return `${node}-${ordinal}`;
}

/** True for what a pod of a node can be called. */
function isPodOf(name: string, node: string): boolean {
  return name.startsWith(`${node}-`) && /^(0|[1-9][0-9]*)$/.test(name.slice(node.length + 1));
}

function placed([first, second]: readonly string[], namespace: string): "short" | "whole" | undefined {
  if (first === undefined) return "short";
  if (first !== namespace) return undefined;
  return second === undefined ? "short" : second === "svc" ? "whole" : undefined;
}
