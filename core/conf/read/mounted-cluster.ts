import { splitBalancerUrl } from "../../httpd/balancer-name.js";
import type { MountTarget } from "../../topology/topology.js";

/** A mount on a balancer. */
type ClusterTarget = Extract<MountTarget, { readonly kind: "cluster" }>;

/**
 * The balancer that a target leads to, with the path behind its name. Of a target that is filled in from an expression,
 * the name ends where a group begins that takes a path: `balancer://shop$1` behind `^(/.*)`.
 *
 * @param pattern - the expression that fills the target in; undefined for a target that is taken as it is
 * @returns undefined for a target that is no balancer's; `unknown` for one whose name depends on the request
 */
export function mountedCluster(target: string, pattern: string | undefined): ClusterTarget | "unknown" | undefined {
  const parts = splitBalancerUrl(target);
  if (parts === undefined) return undefined;
  const { name, rest } = parts;
  if (pattern === undefined || !/[$%\\]/.test(name))
    return { kind: "cluster", cluster: name.toLowerCase(), path: rest };
  const [, cluster, group] = /^([^$%\\]+)\$([0-9])/.exec(name) ?? [];
  if (cluster === undefined || group === undefined || !takesPath(pattern, Number(group))) return "unknown";
  return { kind: "cluster", cluster: cluster.toLowerCase(), path: `${name.slice(cluster.length)}${rest}` };
}

/** True for a group that takes nothing, or something that begins with a slash, as each path does. */
function takesPath(pattern: string, group: number): boolean {
  const expression = pattern.replace(/^\(\?i\)/, "");
  if (group === 0) return /^\^?(?:\/|\(?:\/|\.\*)/.test(expression) || expression.startsWith(".*");
  const [opening] = [...expression.matchAll(/\\.|\[\]?(?:\\.|[^\]])*\]|\((?!\?)/g)]
    .filter(([piece]) => piece === "(")
    .slice(group - 1);
  if (opening === undefined) return false;
  const inside = expression.slice(opening.index + 1);
  if (inside.startsWith("/")) return !/^[^()]*\|/.test(inside);
  return /^\^?$/.test(expression.slice(0, opening.index)) && /^\.[*+]/.test(inside) && !/^[^()]*\|/.test(inside);
}
