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
  const names = memberNames(declared);
  return [
    ...[...meant].map(([key, difference]) => ({
      ...difference,
      deployed: brought.get(key)?.declared ?? difference.live,
    })),
    ...[...brought]
      .filter(([key]) => !meant.has(key))
      .map(([key, difference]) => {
        const { member, declared: file, live: declaredToo } = difference;
        const name = member === undefined ? undefined : (names.get(memberKey(key)) ?? member);
        return { ...difference, member: name, declared: declaredToo, deployed: file };
      }),
  ];
}

type Key = string;

/** Differences by balancer, member as httpd names it, and what differs: two descriptions may name a member otherwise. */
function keyed(topology: Topology, live: readonly LiveBalancer[]): ReadonlyMap<Key, Difference> {
  const workers = new Map(
    topology.clusters.flatMap(({ name, members }) => {
      return members.map((member) => [`${name} ${member.name}`, workerName(urlText(member.url))] as const);
    }),
  );
  return new Map(
    driftOf(topology, live).differences.map((difference) => {
      const { cluster, member, what } = difference;
      const worker = member === undefined ? "" : (workers.get(`${cluster} ${member}`) ?? member);
      return [`${cluster.toLowerCase()}\n${worker}\n${what}`, difference];
    }),
  );
}

function memberKey(key: Key): string {
  return key.slice(0, key.lastIndexOf("\n"));
}

function memberNames({ clusters }: Topology): ReadonlyMap<string, string> {
  return new Map(
    clusters.flatMap(({ name, members }) => {
      return members.map(
        (member) => [`${name.toLowerCase()}\n${workerName(urlText(member.url))}`, member.name] as const,
      );
    }),
  );
}
