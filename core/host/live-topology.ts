import { workerName } from "../httpd/shared-workers.js";
import { urlText } from "../scenario/nodes.js";
import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import type { LiveBalancer, LiveWorker } from "./live-state.js";
import { BALANCER_VALUES, MEMBER_VALUES, withLiveValues } from "./live-values.js";

/**
 * A description with the values that are live: what balancer-manager shows counts, and the file says what it does not
 * show. Members that were added by hand come last, those that are gone are left out; balancers that the manager does not
 * show stay as they are described.
 */
export function liveTopology(topology: Topology, live: readonly LiveBalancer[]): Topology {
  const byName = new Map(live.map((balancer) => [balancer.name.toLowerCase(), balancer]));
  const clusters = topology.clusters.map((cluster) => {
    const balancer = byName.get(cluster.name.toLowerCase());
    return balancer === undefined ? cluster : liveCluster(topology, cluster, balancer);
  });
  return { ...topology, clusters };
}

function liveCluster(topology: Topology, cluster: Cluster, live: LiveBalancer): Cluster {
  const workers = new Map(live.workers.map((worker) => [worker.name, worker]));
  const names = cluster.members.map(({ url }) => workerName(urlText(url)));
  const kept = cluster.members.flatMap((member, index) => {
    const worker = workers.get(names[index] ?? "");
    return worker === undefined ? [] : [liveMember(topology, member, worker)];
  });
  const added = live.workers
    .filter(({ name }) => !names.includes(name))
    .map((worker) => liveMember(topology, { name: worker.name, url: worker.name, parameters: {} }, worker));
  // What is not said depends on how many members there are.
  const now = { ...cluster, members: [...kept, ...added] };
  const sides = [effectiveBalancer(now), live] as const;
  return { ...now, parameters: withLiveValues(BALANCER_VALUES, now.parameters, sides, topology.httpd) };
}

/** What health checks and failed requests found is no word of an operator: a reload forgets it whatever is written. */
function liveMember({ healthCheckTemplates, httpd }: Topology, member: Member, worker: LiveWorker): Member {
  const sides = [effectiveMember(member, healthCheckTemplates), worker] as const;
  return { ...member, parameters: withLiveValues(MEMBER_VALUES, member.parameters, sides, httpd) };
}
