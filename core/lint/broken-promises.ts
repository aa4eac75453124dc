import { approachTo } from "../model/approach.js";
import { checkClusterPromises } from "../promises/check.js";
import type { PromiseResult } from "../promises/check.js";
import { fewestTries } from "../promises/fewest-tries.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { ProblemError } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { ClusterView, View } from "./view.js";

/** A promise that `check` proves broken. */
export interface BrokenPromise {
  /** `always-served`. */
  readonly promise: string;
  /** What breaks it. */
  readonly at: Pointer;
  /** How, in a sentence. */
  readonly why: string;
  /** Changes of which each mends it, as checked. */
  readonly mends: readonly string[];
}

/** Members up to which lint asks what it takes to break a promise; `check` itself searches larger balancers as well. */
const MOST_SEARCHED_MEMBERS = 8;

/** States of one search of lint; `check` goes further. */
const MOST_STATES = 20_000;

/**
 * The promises of a balancer that `check` proves broken, by its own search: those declared, else what is expected of such
 * a layout. None of a balancer that requests do not come to, or that is too large to be searched in passing.
 */
export function brokenPromises({ topology }: View, { cluster }: ClusterView): readonly BrokenPromise[] {
  if (cluster.members.length > MOST_SEARCHED_MEMBERS || fewestTries(topology, cluster) !== undefined) return [];
  if (approachTo(topology, cluster).reached !== "yes") return [];
  return resultsOf(topology, cluster).flatMap(({ id, verdict, counterexample, mends = [], acknowledged }) => {
    if (verdict !== "broken" || counterexample === undefined || acknowledged !== undefined) return [];
    const { at, cause } = counterexample;
    const texts = mends.map(({ changes }) => changes.map(({ text }) => text).join(" and "));
    return [{ promise: id, at, why: cause, mends: texts }];
  });
}

/**
 * The `maxattempts` that a balancer of like members needs and has not; undefined where it has enough, and for every other
 * balancer.
 */
export function triesMissing({ topology }: View, { cluster, balancer }: ClusterView): number | undefined {
  const fewest = cluster.members.length > MOST_SEARCHED_MEMBERS ? undefined : fewestTries(topology, cluster);
  if (fewest === undefined || balancer.maxAttempts >= fewest || isAccepted(cluster)) return undefined;
  return approachTo(topology, cluster).reached === "yes" ? fewest : undefined;
}

function isAccepted({ acknowledged = [] }: Cluster): boolean {
  return acknowledged.some(({ id }) => id === "always-served");
}

/** A promise that is declared wrongly is a problem of the description, and told as one. */
function resultsOf(topology: Topology, cluster: Cluster): readonly PromiseResult[] {
  try {
    return checkClusterPromises(topology, cluster, { mostStates: MOST_STATES });
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}
