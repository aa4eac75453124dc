import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";
import type { Cluster, Topology } from "../../../core/topology/topology.js";

/** A cluster whose members are named a, b, c, ... */
export function clusterOf(members: readonly WorkerParameters[], parameters: BalancerParameters = {}): Cluster {
  return {
    name: "c",
    parameters,
    members: members.map((own, index) => {
      const name = String.fromCharCode(97 + index);
      return { name, url: `http://${name}:1`, parameters: own };
    }),
  };
}

/** A topology of clusters without any server: requests go to the first one. */
export function topologyOf(...clusters: readonly Cluster[]): Topology {
  return { httpd: "2.4.71", clusters, servers: [], healthCheckTemplates: [], healthCheckExpressions: [] };
}
