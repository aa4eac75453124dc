import { SCHEMES } from "../vocabulary/schemes.js";
import type { SchemeName } from "../vocabulary/schemes.js";
import { oncePerServer } from "./once-per-server.js";
import { schemeOf } from "./worker-scheme.js";
import { clusterNamed } from "./seen-cluster.js";
import type { Cluster, Server, ServerScope, Topology, VirtualHost } from "./topology.js";

/** The clusters whose blocks a server's configuration holds: those it mounts, and those no server mounts. */
export const clustersOf = oncePerServer((topology, server): readonly Cluster[] => {
  const mounted = new Set(topology.servers.flatMap((other) => mountedBy(topology, other)));
  const own = new Set(mountedBy(topology, server));
  const hosts = new Set(server.virtualHosts.map(({ name }) => name));
  return topology.clusters.filter((cluster) => {
    if (cluster.scope !== undefined && !hosts.has(cluster.scope)) return false;
    return own.has(cluster) || !mounted.has(cluster);
  });
});

/** The main server's scope and those of its virtual hosts. */
export function scopesOf(server: Server): readonly { readonly scope: ServerScope; readonly host?: VirtualHost }[] {
  return [{ scope: server }, ...server.virtualHosts.map((host) => ({ scope: host, host }))];
}

function mountedBy(topology: Topology, server: Server): readonly Cluster[] {
  return scopesOf(server).flatMap(({ scope, host }) =>
    scope.mounts.flatMap(({ to }) => {
      if (to.kind !== "cluster") return [];
      const seen = clusterNamed(topology, to.cluster, { server, host });
      const cluster = seen === undefined ? undefined : topology.clusters[seen.at];
      return cluster === undefined ? [] : [cluster];
    }),
  );
}

/** True when a server's configuration passes requests on, or lets somebody manage who does. */
export function isProxying(topology: Topology, server: Server): boolean {
  const scopes = scopesOf(server).map(({ scope }) => scope);
  if (scopes.some(({ mounts, manager }) => mounts.length > 0 || manager !== undefined)) return true;
  return clustersOf(topology, server).length > 0;
}

/** True when a member has a setting of health checks. */
export function isHealthChecked({ members }: Cluster): boolean {
  return members.some(({ parameters }) => Object.keys(parameters).some((word) => word.startsWith("hc")));
}

/** The clusters of a topology that are; each play of a scenario asks. */
export function healthCheckedClusters(topology: Topology): readonly Cluster[] {
  const known = HEALTH_CHECKED.get(topology) ?? topology.clusters.filter(isHealthChecked);
  HEALTH_CHECKED.set(topology, known);
  return known;
}

const HEALTH_CHECKED = new WeakMap<Topology, readonly Cluster[]>();

/** A scheme somebody speaks, and who. */
export interface SpokenScheme {
  readonly scheme: SchemeName;
  /** In words: `member 'node1' of cluster 'shop'`. */
  readonly by: () => string;
}

/** Schemes of the members of clusters. */
export function schemesOfClusters(clusters: readonly Cluster[]): readonly SpokenScheme[] {
  return clusters.flatMap(({ name, members }) =>
    members.flatMap((member) => {
      const scheme = schemeOf(member.url);
      return scheme === undefined ? [] : [{ scheme, by: () => `member '${member.name}' of cluster '${name}'` }];
    }),
  );
}

/** Schemes of mounts that lead to a URL. */
export function schemesOfMounts({ mounts }: ServerScope): readonly SpokenScheme[] {
  return mounts.flatMap(({ to, path }) => {
    const scheme = to.kind === "url" ? schemeOf(to.url) : undefined;
    return scheme === undefined ? [] : [{ scheme, by: () => `mount '${path}'` }];
  });
}

/** True when a scope's backends are reached through TLS: by its mounts, or by health checks of its clusters. */
export function speaksTlsToBackends(topology: Topology, server: Server, host?: VirtualHost): boolean {
  const scope = host ?? server;
  const checked = clustersOf(topology, server).filter(
    (cluster) => cluster.scope === host?.name && isHealthChecked(cluster),
  );
  const mounted = scope.mounts.flatMap(({ to }) => {
    const seen = to.kind === "cluster" ? clusterNamed(topology, to.cluster, { server, host }) : undefined;
    return seen === undefined ? [] : [seen.cluster];
  });
  const spoken = [...schemesOfClusters([...checked, ...mounted]), ...schemesOfMounts(scope)];
  return spoken.some(({ scheme }) => SCHEMES[scheme].tls);
}
