import { behaves } from "../vocabulary/behaviours.js";
import type { Cluster, Server, Topology, VirtualHost } from "./topology.js";

/** A cluster as one server or virtual host sees it. */
export interface SeenCluster {
  /** Members and parameters that apply. */
  readonly cluster: Cluster;
  /** Index in the topology of the cluster whose members these are: their counters are shared by all who see them. */
  readonly at: number;
}

/**
 * The cluster a server or virtual host means by a balancer's name, which httpd compares in lower case.
 *
 * A virtual host sees the main server's clusters, unless both BalancerInherit and ProxyPassInherit are off (either one
 * alone changes nothing). A cluster of its own with the name of one of the main server's adds no members: it only
 * changes, in this host, the parameters it sets (`merge_balancers`, modules/proxy/mod_proxy.c; measured on 2.4.71).
 */
export function clusterNamed(
  topology: Topology,
  name: string,
  where: { readonly server: Server; readonly host?: VirtualHost | undefined },
): SeenCluster | undefined {
  const { server, host } = where;
  const index = indexOf(topology);
  const find = (scope: string | undefined): number => index.get(clusterKey(scope, name)) ?? -1;
  const seen = (at: number): SeenCluster | undefined => {
    const cluster = topology.clusters[at];
    return cluster === undefined ? undefined : { cluster, at };
  };
  const own = host === undefined ? undefined : seen(find(host.name));
  const shared = host !== undefined && inheritsNothing(server, host) ? undefined : seen(find(undefined));
  if (own === undefined || shared === undefined) return own ?? shared;
  if (!behaves(topology.httpd, "hosts-change-inherited-balancers")) return shared;
  const parameters = { ...shared.cluster.parameters, ...own.cluster.parameters };
  return { cluster: { ...shared.cluster, parameters }, at: shared.at };
}

/** Where the clusters of a topology are; looked up once for each mount, which adds up. */
const INDEXES = new WeakMap<Topology, ReadonlyMap<string, number>>();

function indexOf(topology: Topology): ReadonlyMap<string, number> {
  const known = INDEXES.get(topology);
  if (known !== undefined) return known;
  const entries = topology.clusters.map(({ scope, name }, at) => [clusterKey(scope, name), at] as const);
  const index = new Map(entries.toReversed());
  INDEXES.set(topology, index);
  return index;
}

function clusterKey(scope: string | undefined, name: string): string {
  return JSON.stringify([scope, name.toLowerCase()]);
}

function inheritsNothing(server: Server, host: VirtualHost): boolean {
  const balancers = host.settings.balancerinherit ?? server.settings.balancerinherit;
  const mounts = host.settings.proxypassinherit ?? server.settings.proxypassinherit;
  return balancers === false && mounts === false;
}
