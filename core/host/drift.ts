import { workerName } from "../httpd/shared-workers.js";
import { urlText } from "../scenario/nodes.js";
import { shownStatus } from "./shown-status.js";
import { balancerDifferences, unseenOfBalancer } from "./drift-balancer.js";
import { memberDifferences, unseenOfMember } from "./drift-member.js";
import type { Difference } from "./difference.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { LiveBalancer, LiveWorker } from "./live-state.js";

/** What a running httpd is found to be, beside what it was described as. */
export interface Drift {
  readonly differences: readonly Difference[];
  /** What was described and cannot be seen from outside, a sentence each. */
  readonly unseen: readonly string[];
  /** Members that httpd keeps out of use at the moment: in error, or failed by health checks. No difference. */
  readonly down: readonly { readonly cluster: string; readonly member: string; readonly status: string }[];
}

/** What stands for something that is not there. */
const ABSENT = "absent";
const PRESENT = "present";

/**
 * Compares a description with what balancer-manager shows.
 *
 * Balancers are found by name in lower case, members by the name that httpd gives a worker (`ap_proxy_define_worker`),
 * so that another spelling of a URL is no difference. What httpd counts is not compared.
 */
export function driftOf(topology: Topology, live: readonly LiveBalancer[]): Drift {
  const byName = new Map(live.map((balancer) => [balancer.name.toLowerCase(), balancer]));
  const drifts = topology.clusters.map((cluster) => driftOfCluster(topology, cluster, byName.get(keyOf(cluster))));
  const declared = new Set(topology.clusters.map(keyOf));
  const others = live.filter(({ name }) => !declared.has(name.toLowerCase()));
  const unknown = others.map(({ name }): Difference => {
    return { cluster: name, member: undefined, what: "balancer", declared: ABSENT, live: PRESENT };
  });
  return {
    differences: [...drifts.flatMap(({ differences }) => differences), ...unknown],
    unseen: drifts.flatMap(({ unseen }) => unseen),
    down: drifts.flatMap(({ down }) => down),
  };
}

function keyOf({ name }: Cluster): string {
  return name.toLowerCase();
}

function driftOfCluster(topology: Topology, cluster: Cluster, live: LiveBalancer | undefined): Drift {
  const { name } = cluster;
  if (live === undefined) return notShown(cluster);
  const workers = new Map(live.workers.map((worker) => [worker.name, worker]));
  const members = distinct(cluster).map((member) => ({ member, worker: workers.get(workerName(urlText(member.url))) }));
  const known = new Set(members.map(({ worker }) => worker?.name));
  const added = live.workers.filter((worker) => !known.has(worker.name));
  const differences = [
    ...balancerDifferences(topology, cluster, live),
    ...members.flatMap(({ member, worker }) => {
      if (worker !== undefined) return memberDifferences(topology, member, worker);
      return [{ member: member.name, what: "member", declared: PRESENT, live: ABSENT }];
    }),
    ...added.map((worker) => ({ member: worker.name, what: "member", declared: ABSENT, live: PRESENT })),
  ];
  return {
    differences: differences.map((difference) => ({ cluster: name, ...difference })),
    unseen: [...unseenOfBalancer(cluster), ...cluster.members.flatMap((member) => unseenOfMember(name, member))],
    down: members.flatMap(({ member, worker }) => downOf(name, member.name, worker)),
  };
}

/** A manager shows the balancers of the host it is asked by, those of the main server included. */
function notShown({ name, scope }: Cluster): Drift {
  if (scope === undefined) {
    const missing: Difference = { cluster: name, member: undefined, what: "balancer", declared: PRESENT, live: ABSENT };
    return { differences: [missing], unseen: [], down: [] };
  }
  const sentence = `balancer ${name}: belongs to virtual host ${scope}, whose balancer-manager was not asked`;
  return { differences: [], unseen: [sentence], down: [] };
}

/** Members that share a worker are one on httpd: the first counts. */
function distinct({ members }: Cluster): Cluster["members"] {
  const seen = new Set<string>();
  return members.filter(({ url }) => {
    const name = workerName(urlText(url));
    const first = !seen.has(name);
    seen.add(name);
    return first;
  });
}

function downOf(cluster: string, member: string, worker: LiveWorker | undefined): Drift["down"] {
  const down = worker !== undefined && (worker.status.has("E") || worker.status.has("C"));
  return down ? [{ cluster, member, status: shownStatus(worker.status) }] : [];
}
