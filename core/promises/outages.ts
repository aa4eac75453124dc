import type { Cluster } from "../topology/topology.js";
import { members } from "./serving.js";
import type { SearchLayout } from "./search/layout.js";

/** Members that are down together, and why. */
export interface Outage {
  readonly downs: readonly number[];
  /** The failure zone that is lost, when it is one. */
  readonly zone?: string;
}

/** Most outages that are looked at one by one. */
const MOST_OUTAGES = 200_000;

/**
 * Every outage up to so many members, smallest first, and every lost zone. Members that nothing tells apart stand for
 * each other: of each kind the first ones fail.
 *
 * @param kindOf - text that is equal for members that nothing tells apart
 */
export function outagesOf(
  cluster: Cluster,
  layout: SearchLayout,
  failures: number,
  kindOf: (member: number) => string,
): readonly Outage[] {
  const kinds = new Map<string, number[]>();
  for (const member of members(layout)) {
    const kind = kinds.get(kindOf(member));
    if (kind === undefined) kinds.set(kindOf(member), [member]);
    else kind.push(member);
  }
  let outages: Outage[] = [{ downs: [] }];
  for (const kind of kinds.values()) {
    outages = outages.flatMap(({ downs }) =>
      Array.from({ length: Math.min(kind.length, failures - downs.length) + 1 }, (_, count) => ({
        downs: [...downs, ...kind.slice(0, count)],
      })),
    );
    if (outages.length > MOST_OUTAGES) outages = outages.slice(0, MOST_OUTAGES);
  }
  outages.sort((a, b) => a.downs.length - b.downs.length);
  return [...outages, ...zoneOutages(cluster, layout)];
}

function zoneOutages(cluster: Cluster, layout: SearchLayout): readonly Outage[] {
  const zones = new Set(cluster.members.flatMap(({ zone }) => (zone === undefined ? [] : [zone])));
  return [...zones].map((zone) => ({
    zone,
    downs: members(layout).filter((member) => cluster.members[member]?.zone === zone),
  }));
}
