import type { Cluster, Member, Text, Topology } from "../topology/topology.js";
import { explanationOf } from "./counterexample.js";
import { defaultPromises } from "./defaults.js";
import type { PromiseFinding } from "./finding.js";
import { judgePromise } from "./judge-promise.js";
import type { PromiseId } from "./promise.js";

/** Larger clusters are only held to what they promise: a search may take longer than a synthesis should. */
const MOST_MEMBERS = 8;

/** How far clusters are searched that promise nothing: what is found takes milliseconds, mostly. */
const FAILURES = 2;
const EFFORT = { mostStates: 3_000 } as const;

/** What everybody expects of a cluster and does not hold. */
export interface Disappointment {
  readonly id: PromiseId;
  /** The scenario that breaks it, the setting at fault and what mends it. */
  readonly explanation: string;
  /** Why it is accepted. */
  readonly acknowledged?: string;
}

/** A broken promise, told of members by index. */
interface Broken {
  readonly id: PromiseId;
  readonly finding: PromiseFinding;
}

/** What is broken in clusters of a shape; large apps have few shapes. */
const KNOWN = new Map<string, readonly Broken[]>();

/**
 * What everybody expects of a cluster that promises nothing and does not hold while up to two members are down at once.
 * Empty for a cluster that no mount leads to, and for one of more than eight members.
 *
 * Searched once for all clusters of a shape: a finding speaks of members by index, so that it is true of all of them.
 */
export function disappointments(topology: Topology, cluster: Cluster): readonly Disappointment[] {
  if (cluster.members.length > MOST_MEMBERS || !isMounted(topology, cluster)) return [];
  const shape = shapeOf(topology, cluster);
  const known = KNOWN.get(shape) ?? brokenIn(topology, cluster);
  KNOWN.set(shape, known);
  return known.map(({ id, finding }) => {
    const acknowledged = cluster.acknowledged?.find((accepted) => accepted.id === id)?.reason;
    return {
      id,
      explanation: explanationOf(finding, (member) => cluster.members[member]?.name ?? ""),
      ...(acknowledged !== undefined && { acknowledged }),
    };
  });
}

function brokenIn(topology: Topology, cluster: Cluster): readonly Broken[] {
  const limits = { failures: Math.max(0, Math.min(FAILURES, cluster.members.length)) };
  return defaultPromises(cluster)
    .map((promise) => ({
      id: promise.id,
      finding: judgePromise({ topology, cluster, promise, limits, at: "", options: EFFORT }),
    }))
    .filter(({ finding }) => finding.breach !== undefined);
}

function isMounted({ servers }: Topology, { name }: Cluster): boolean {
  if (servers.length === 0) return true;
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  return scopes.some(({ mounts }) => mounts.some(({ to }) => to.kind === "cluster" && to.cluster === name));
}

/** Everything that a judgement of a cluster looks at: not the names, and not the hosts that nobody shares. */
function shapeOf(topology: Topology, { parameters, members }: Cluster): string {
  const { httpd, healthCheckTemplates, healthCheckExpressions, servers } = topology;
  const urls = urlsOf(members);
  return JSON.stringify([
    httpd,
    healthCheckTemplates,
    healthCheckExpressions,
    servers.map(({ settings }) => settings),
    parameters,
    members.map((member, index) => ({ ...member, name: index, url: urls[index] })),
  ]);
}

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
