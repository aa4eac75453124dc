import type { Cluster, Topology } from "../topology/topology.js";
import type { ServerSettings } from "../vocabulary/settings.js";

/** Settings a balancer lives under: its virtual host's over the main server's; BalancerPersist is not inherited. */
export function serverSettingsOf(topology: Topology, cluster: Cluster): ServerSettings {
  const [server] = topology.servers;
  if (server === undefined || cluster.scope === undefined) return server?.settings ?? {};
  const host = server.virtualHosts.find(({ name }) => name === cluster.scope);
  return { ...server.settings, balancerpersist: false, ...host?.settings };
}
