import { backendOf } from "../httpd/backend.js";
import type { Cluster } from "../topology/topology.js";
import { mayBeSeveral } from "../vocabulary/moving-names.js";
import type { PromiseId } from "./promise.js";

/** What a promise does not say, or says of more than one httpd, each as a clause. */
export function remarksOf(cluster: Cluster, id: PromiseId, fronts = 1): readonly string[] {
  return [...severalRemarks(cluster, id), ...frontRemarks(id, fronts)];
}

/** httpd counts a name as one member, and asks the first of its addresses that takes the connection. */
function severalRemarks({ members }: Cluster, id: PromiseId): readonly string[] {
  const several = members.flatMap(({ name, url }) => {
    const host = typeof url === "string" ? backendOf(url)?.host : undefined;
    return host !== undefined && mayBeSeveral(host) ? [name] : [];
  });
  const [first] = several;
  if (first === undefined) return [];
  const who = several.length === 1 ? first : `${first} and ${several.length - 1} more`;
  if (id === "share")
    return [
      `${who} may have several addresses: its share is that of all of them, and which of them answers is not promised`,
    ];
  if (id === "capacity")
    return [
      `${who} may have several addresses, of which one may get all its requests: its capacity has to be that of one`,
    ];
  return [];
}

/**
 * In the long run each front keeps to the shares by itself, so that the sum does, too. Where fronts differ in whom they hold
 * for failed, what a member gets of all is a mixture of what it gets in the outages that were looked at.
 */
function frontRemarks(id: PromiseId, fronts: number): readonly string[] {
  if (fronts < 2) return [];
  if (id === "share") return [`of each of ${fronts} fronts, whose counters are their own, and of all together`];
  if (id === "capacity") {
    return [
      `the load is that of all ${fronts} fronts together, also while they differ in whom they hold for failed, and while some are away`,
    ];
  }
  return [];
}
