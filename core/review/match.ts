import { urlText } from "../scenario/nodes.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";

/** What was there before and what takes its place; one of them is absent for what was removed or added. */
export interface Pair<V> {
  readonly before?: V;
  readonly after?: V;
}

/**
 * Clusters of a base and the clusters of a head that take their place, in the order of the head, removed ones last: by
 * name, as httpd compares it; what is left, by the members that they have in common, at least half of the larger one's.
 */
export function pairClusters(base: Topology, head: Topology): readonly Pair<Cluster>[] {
  return paired(base.clusters, head.clusters, [({ scope = "", name }) => `${scope} ${name.toLowerCase()}`], mostAlike);
}

/** Members of a cluster before and after: by name, then by URL, then by route. */
export function pairMembers(before: Cluster, after: Cluster): readonly Pair<Member>[] {
  const keys = [
    ({ name }: Member) => name,
    ({ url }: Member) => urlText(url),
    ({ parameters }: Member) => parameters.route ?? "",
  ];
  return paired(before.members, after.members, keys, () => new Map());
}

type Rest<V> = (before: readonly V[], after: readonly V[]) => ReadonlyMap<V, V>;

/** An empty key is none; of several with one key the first that is left counts. */
function paired<V extends object>(
  before: readonly V[],
  after: readonly V[],
  keys: readonly ((value: V) => string)[],
  rest: Rest<V>,
): readonly Pair<V>[] {
  const partner = new Map<V, V>();
  const taken = new Set<V>();
  const take = (young: V, old: V): void => {
    partner.set(young, old);
    taken.add(old);
  };
  for (const keyOf of keys) {
    const known = new Map<string, V>();
    for (const old of before) if (!taken.has(old) && !known.has(keyOf(old))) known.set(keyOf(old), old);
    for (const young of after) {
      const old = keyOf(young) === "" || partner.has(young) ? undefined : known.get(keyOf(young));
      if (old !== undefined && !taken.has(old)) take(young, old);
    }
  }
  const left = before.filter((old) => !taken.has(old));
  const alone = after.filter((young) => !partner.has(young));
  for (const [young, old] of rest(left, alone)) take(young, old);
  return [
    ...after.map((young): Pair<V> => {
      const old = partner.get(young);
      return old === undefined ? { after: young } : { before: old, after: young };
    }),
    ...before.filter((old) => !taken.has(old)).map((old): Pair<V> => ({ before: old })),
  ];
}

function mostAlike(before: readonly Cluster[], after: readonly Cluster[]): ReadonlyMap<Cluster, Cluster> {
  const owners = new Map<string, Cluster[]>();
  for (const old of before) {
    for (const url of urlsOf(old)) owners.set(url, [...(owners.get(url) ?? []), old]);
  }
  const found = new Map<Cluster, Cluster>();
  const taken = new Set<Cluster>();
  for (const young of after) {
    const common = new Map<Cluster, number>();
    for (const url of urlsOf(young)) {
      for (const old of owners.get(url) ?? []) if (!taken.has(old)) common.set(old, (common.get(old) ?? 0) + 1);
    }
    const [best, count = 0] = [...common].toSorted(([, one], [, other]) => other - one)[0] ?? [];
    if (best === undefined || 2 * count < Math.max(best.members.length, young.members.length)) continue;
    found.set(young, best);
    taken.add(best);
  }
  return found;
}

function urlsOf({ members }: Cluster): ReadonlySet<string> {
  return new Set(members.map(({ url }) => urlText(url)));
}
