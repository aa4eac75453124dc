import { workerName } from "../httpd/shared-workers.js";
import { urlText } from "../scenario/nodes.js";
import type { Topology } from "../topology/topology.js";
import { driftOf } from "./drift.js";
import type { Difference } from "./difference.js";
import type { LiveBalancer } from "./live-state.js";

/** A value that is not the same in the description, in the file that was deployed and on the running httpd. */
export interface DeployedDifference extends Difference {
  readonly deployed: string;
}

/**
 * Compares three states: what is described, what was deployed and what balancer-manager shows. Where the first two differ, a
 * deploy is to come; where the last two do, somebody changed it live. What a comparison does not find is as it is live.
 */
export function deployedDifferences(
  declared: Topology,
  deployed: Topology,
  live: readonly LiveBalancer[],
): readonly DeployedDifference[] {
  const brought = keyed(deployed, live);
  const meant = keyed(declared, live);
  const names = new Map(workersIn(declared).map((one) => [memberKey(one.cluster, one.worker), one.name]));
  return [
    ...[...meant].map(([key, { difference }]) => ({
      ...difference,
      deployed: brought.get(key)?.difference.declared ?? difference.live,
    })),
    ...[...brought]
      .filter(([key]) => !meant.has(key))
      .map(([, { difference, of }]) => {
        const { member, declared: file, live: declaredToo } = difference;
        const name = member === undefined ? undefined : (names.get(of) ?? member);
        return { ...difference, member: name, declared: declaredToo, deployed: file };
      }),
  ];
}

/** A difference, and whose it is in words that two descriptions share. */
interface KeyedDifference {
  readonly difference: Difference;
  readonly of: string;
}

/** Differences by balancer, member as httpd names it, and what differs: two descriptions may name a member otherwise. */
function keyed(topology: Topology, live: readonly LiveBalancer[]): ReadonlyMap<string, KeyedDifference> {
  const workers = new Map(workersIn(topology).map(({ cluster, name, worker }) => [`${cluster} ${name}`, worker]));
  return new Map(
    driftOf(topology, live).differences.map((difference) => {
      const { cluster, member, what } = difference;
      const worker = member === undefined ? "" : (workers.get(`${cluster} ${member}`) ?? member);
      const of = memberKey(cluster, worker);
      return [`${of}\n${what}`, { difference, of }];
    }),
  );
}

function memberKey(cluster: string, worker: string): string {
  return `${cluster.toLowerCase()}\n${worker}`;
}

/** A member, and what httpd calls it. */
interface NamedWorker {
  readonly cluster: string;
  readonly name: string;
  readonly worker: string;
}

function workersIn({ clusters }: Topology): readonly NamedWorker[] {
  return clusters.flatMap(({ name: cluster, members }) =>
    members.map(({ name, url }) => ({ cluster, name, worker: workerName(urlText(url)) })),
  );
}
