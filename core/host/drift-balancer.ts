import { effectiveBalancer } from "../topology/effective.js";
import type { Difference } from "./difference.js";
import type { LiveBalancer } from "./live-state.js";
import { BALANCER_VALUES, otherTexts } from "./live-values.js";
import type { Cluster, Topology } from "../topology/topology.js";

/** What of a balancer itself is another one on the running httpd. */
export function balancerDifferences(
  { httpd }: Topology,
  cluster: Cluster,
  live: LiveBalancer,
): readonly Omit<Difference, "cluster">[] {
  return otherTexts(BALANCER_VALUES, [effectiveBalancer(cluster), live], httpd).map((texts) => ({
    member: undefined,
    ...texts,
  }));
}

/** Parameters of a balancer that nobody can see from outside; the nonce is nobody's business. */
export function unseenOfBalancer({ name, parameters }: Cluster): readonly string[] {
  const shown: ReadonlySet<string> = new Set(["nonce", ...BALANCER_VALUES.map(({ what }) => what)]);
  const hidden = Object.keys(parameters).filter((key) => !shown.has(key));
  const inUrls = parameters.stickysession?.includes("|") === true ? ["the name of the session in URLs"] : [];
  const all = [...hidden, ...inUrls];
  return all.length === 0 ? [] : [`balancer ${name}: ${all.join(", ")}`];
}
