import { effectiveBalancer } from "../topology/effective.js";
import type { Difference } from "./difference.js";
import type { LiveBalancer } from "./live-state.js";
import type { Cluster } from "../topology/topology.js";

/** Parameters of a balancer that balancer-manager shows, and the nonce, which is nobody's business. */
const SHOWN: ReadonlySet<string> = new Set([
  "lbmethod",
  "timeout",
  "maxattempts",
  "nofailover",
  "stickysession",
  "nonce",
]);

/** What of a balancer itself is another one on the running httpd. */
export function balancerDifferences(cluster: Cluster, live: LiveBalancer): readonly Omit<Difference, "cluster">[] {
  const { lbmethod, timeout, maxAttempts, nofailover, sticky } = effectiveBalancer(cluster);
  const cookie = sticky?.cookie ?? "";
  const pairs: readonly (readonly [string, string, string])[] = [
    ["lbmethod", lbmethod, live.lbmethod],
    ["timeout", String(timeout / 1_000_000n), String(live.timeout)],
    ["stickysession", cookie, live.stickysession],
    ...(live.maxattempts === undefined
      ? []
      : [["maxattempts", String(maxAttempts), String(live.maxattempts)] as const]),
    // Shown only where sessions stick.
    ...(cookie === "" || live.stickysession === ""
      ? []
      : [["nofailover", onOff(nofailover), onOff(live.nofailover)] as const]),
  ];
  return pairs
    .filter(([, declared, shown]) => declared !== shown)
    .map(([what, declared, shown]) => ({ member: undefined, what, declared, live: shown }));
}

function onOff(flag: boolean): string {
  return flag ? "On" : "Off";
}

/** Parameters of a balancer that nobody can see from outside. */
export function unseenOfBalancer({ name, parameters }: Cluster): readonly string[] {
  const hidden = Object.keys(parameters).filter((key) => !SHOWN.has(key));
  const inUrls = parameters.stickysession?.includes("|") === true ? ["the name of the session in URLs"] : [];
  const all = [...hidden, ...inUrls];
  return all.length === 0 ? [] : [`balancer ${name}: ${all.join(", ")}`];
}
