import type { Cluster, Fronts, Server, Topology } from "./topology.js";
import { clustersOf } from "./usage.js";

/** Most httpd of one configuration: a limit for what is mistyped. */
export const MOST_FRONTS = 10_000;

/** How many fronts there are; undefined where that is not known. */
export function numberOfFronts({ count, zones }: Fronts): number | undefined {
  return zones?.length ?? count;
}

/** How many fronts each zone has, in the order in which zones are named first; empty where zones are not known. */
export function frontsByZone({ zones = [] }: Fronts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return counts;
}

/** The servers that send requests to a cluster: those that mount it, else all that have its block. */
export function serversBefore(topology: Topology, cluster: Cluster): readonly Server[] {
  return topology.servers.filter((server) => clustersOf(topology, server).includes(cluster));
}

/** What is known of the fronts of a server where so many are asked about: another number leaves zones open. */
export function supposedFronts(fronts: Fronts = {}, count: number | undefined): Fronts {
  if (count === undefined || count === numberOfFronts(fronts)) return fronts;
  const { capacity } = fronts;
  return { count, ...(capacity !== undefined && { capacity }) };
}
