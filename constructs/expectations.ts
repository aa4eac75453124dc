import { checkPromises } from "../core/promises/check.js";
import type { PromiseResult } from "../core/promises/check.js";
import { entranceTo } from "../core/promises/scenario.js";
import type { Cluster, Member, ServerScope, Text, Topology } from "../core/topology/topology.js";

/** Clusters with more members are only held to what they promise: a search may take longer than a synthesis should. */
const MOST_MEMBERS = 8;

/** How far clusters are searched that promise nothing: what is found takes milliseconds, mostly. */
const EFFORT = { failures: 2, mostStates: 3_000 } as const;

/** What was found of each shape, with {@link placeOf} in the place of names. */
const KNOWN = new Map<string, readonly PromiseResult[]>();

/**
 * What everybody expects of the only cluster of a topology and does not hold while up to two members are down at once,
 * each with a counterexample. Empty for a cluster that no request reaches.
 *
 * Searched once for all clusters of a shape, names and hosts left aside: large apps have few shapes.
 */
export function expectationsOf(topology: Topology): readonly PromiseResult[] {
  const [cluster] = topology.clusters;
  if (cluster === undefined || cluster.members.length > MOST_MEMBERS) return [];
  const shape = shapeOf(topology, cluster);
  const key = JSON.stringify(shape);
  const known = KNOWN.get(key) ?? brokenOf(shape);
  KNOWN.set(key, known);
  return known.map((result) => named(result, cluster));
}

function brokenOf(shape: Topology): readonly PromiseResult[] {
  const [cluster] = shape.clusters;
  if (cluster === undefined || entranceTo(shape, cluster) === undefined) return [];
  return checkPromises(shape, EFFORT).filter(({ holds, counterexample }) => !holds && counterexample !== undefined);
}

/** A result of a shape as one of a cluster that has it. */
function named(result: PromiseResult, cluster: Cluster): PromiseResult {
  const { counterexample } = result;
  if (counterexample === undefined) return result;
  const explanation = cluster.members.reduce(
    (text, { name }, index) => text.replaceAll(placeOf(index), name),
    counterexample.explanation,
  );
  const acknowledged = cluster.acknowledged?.find(({ id }) => id === result.id)?.reason;
  return {
    ...result,
    cluster: cluster.name,
    counterexample: { ...counterexample, explanation },
    ...(acknowledged !== undefined && { acknowledged }),
  };
}

/** Stands for the name of a member; nobody's name has a character of Unicode's private use. */
function placeOf(index: number): string {
  return `\u{E000}${index}\u{E001}`;
}

/** The topology without what makes no difference to its promises: names, and hosts that nobody shares. */
function shapeOf(topology: Topology, cluster: Cluster): Topology {
  const urls = urlsOf(cluster.members);
  const members = cluster.members.map((member, index) => ({
    ...member,
    name: placeOf(index),
    url: urls[index] ?? member.url,
  }));
  const kept = <S extends ServerScope>(scope: S): S => ({
    ...scope,
    mounts: scope.mounts.map((mount) =>
      mount.to.kind === "cluster" ? { ...mount, to: { ...mount.to, cluster: SHAPE } } : mount,
    ),
  });
  return {
    ...topology,
    clusters: [{ ...cluster, acknowledged: [], name: SHAPE, members }],
    servers: topology.servers.map((server) => ({
      ...kept(server),
      name: SHAPE,
      virtualHosts: server.virtualHosts.map(kept),
    })),
  };
}

const SHAPE = "shape";

/** The URLs with a host of its own for each member; as they are where one may be part of another, which httpd shares. */
function urlsOf(members: readonly Member[]): readonly Text[] {
  const urls = members.map(({ url }) => url);
  const texts = urls.map((url) => (typeof url === "string" ? url : JSON.stringify(url)));
  if (texts.some((text, index) => texts.some((other, at) => at !== index && other.startsWith(text)))) return urls;
  return urls.map((url, index) =>
    typeof url === "string"
      ? url.replace(/^([a-z0-9]+:\/\/)(?:[^:/[\]|]+|\[[^\]]*\])/, `$1m${index}.invalid`)
      : url.map((piece, at) => (typeof piece === "string" ? piece : { deferred: `${index}.${at}` })),
  );
}
