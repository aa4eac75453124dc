import type { Cluster } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";

/** The problem of a load beyond what all members together can serve; undefined when they can, or when one has no limit. */
export function impossibleLoad({ name, members }: Cluster, load: number, at: Pointer): Problem | undefined {
  const total = members.reduce((sum, { capacity }) => sum + (capacity ?? Infinity), 0);
  if (total >= load) return undefined;
  return {
    at,
    subject: `load of promise 'capacity' of cluster '${name}'`,
    found: `${load} requests per second`,
    allowed: `at most ${total}, what all members together can serve with nobody down`,
    fix: "add members or capacity, or promise a lower load",
  };
}
