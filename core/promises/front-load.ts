import { numberOfFronts, frontsByZone, serversBefore, supposedFronts } from "../topology/fronts.js";
import { shortName } from "../topology/short-name.js";
import type { Cluster, Fronts, Topology } from "../topology/topology.js";
import { shown } from "../vocabulary/shown.js";

/** What the fronts of a cluster are asked to bear, and what is supposed of them. */
export interface FrontLoadCase {
  /** Requests per second of all of them. */
  readonly load: number;
  /** How many fronts each server has, whatever it says. @default - what it says */
  readonly fronts?: number;
  /** Servers of other descriptions that send requests to the cluster, too, by name. @default - none */
  readonly beside?: readonly string[];
}

/** What the load comes to at the fronts. */
export interface FrontFinding {
  /** A front that gets more than its declared capacity, as a clause. @default - none does */
  readonly overload?: string;
  /** Why it cannot be told, as a clause. @default - it can */
  readonly open?: string;
  /** What is to be said besides, each as a clause. */
  readonly remarks: readonly string[];
}

/** The fronts of one server before a cluster. */
interface FrontsOfServer {
  readonly server: string;
  readonly fronts: Fronts;
}

/**
 * What `capacity` comes to at the fronts: with all of them up, one of them away, and each of their zones lost, none gets
 * more than its declared capacity. Requests are spread evenly over those that are left. How a load is split over several
 * servers nobody knows: it is borne for certain where each server could bear all of it.
 *
 * A member's part of the load does not depend on who of the fronts sends it, so that fronts and members of a lost zone are
 * looked at one by one.
 */
export function frontLoad(
  topology: Topology,
  cluster: Cluster,
  { load, fronts: count, beside = [] }: FrontLoadCase,
): FrontFinding {
  const servers = serversBefore(topology, cluster).map(({ name, fronts }) => ({
    server: name,
    fronts: supposedFronts(fronts, count),
  }));
  const remarks = servers.flatMap((each) => remarksOn(each, cluster));
  const overloads = servers.flatMap((each) => overloadOf(each, cluster, load) ?? []);
  const [overload] = overloads;
  if (overload === undefined) return { remarks };
  const names = [...servers.map(({ server }) => server), ...beside].map(shown);
  if (names.length === 1) return { overload, remarks };
  const open = `how the load is split over the servers ${names.join(", ")} is not known; if one gets all of it, ${overload}`;
  return { open, remarks };
}

/** The first front that gets too much, of the smallest loss that there is. */
function overloadOf({ server, fronts }: FrontsOfServer, cluster: Cluster, load: number): string | undefined {
  const count = numberOfFronts(fronts);
  const { capacity } = fronts;
  if (count === undefined || capacity === undefined) return undefined;
  const zones = [...frontsByZone(fronts)].toSorted(([, one], [, other]) => one - other);
  const losses = [
    { away: 0, when: count === 1 ? "" : ` with all ${count} up` },
    { away: 1, when: ` while one of ${count} is away` },
    ...zones.map(([zone, away]) => ({ away, when: ` without zone ${zone} (${lostWith(zone, away, count, cluster)})` })),
  ];
  const found = losses.find(({ away }) => away < count && load / (count - away) > capacity * (1 + 1e-9));
  if (found === undefined) return undefined;
  const each = (load / (count - found.away)).toFixed(2);
  const which = count === 1 ? "the front" : "a front";
  return `${which} of server ${shown(server)} gets ${each} requests per second${found.when}; its capacity is ${capacity}`;
}

function lostWith(zone: string, away: number, count: number, { members }: Cluster): string {
  const own = members.filter((member) => member.zone === zone).map(({ name }) => shortName(name));
  return [`${away} of ${count} fronts`, ...own].join(", ");
}

function remarksOn({ server, fronts }: FrontsOfServer, cluster: Cluster): readonly string[] {
  const count = numberOfFronts(fronts);
  const { capacity, zones } = fronts;
  const name = shown(server);
  const membersOnly = "so that it speaks of members only";
  if (count === undefined)
    return capacity === undefined ? [] : [`how many fronts server ${name} has is not known, ${membersOnly}`];
  const lost = zones === undefined ? "one of them away; their zones are not known" : "one of them or a zone away";
  const spoken =
    capacity === undefined
      ? `what a front of server ${name} can serve is not known, ${membersOnly}`
      : `each of the ${count} fronts of server ${name} is taken to get the same part, with ${lost}`;
  return [...(count > 1 ? [spoken] : []), ...zoneRemarks(name, fronts, cluster)];
}

/** A zone without which no front is left, and members that no zone takes. */
function zoneRemarks(name: string, fronts: Fronts, { members }: Cluster): readonly string[] {
  const [zone, other] = frontsByZone(fronts).keys();
  if (zone === undefined) return [];
  const staying = members.filter((member) => member.zone === undefined).map((member) => shortName(member.name));
  const [first] = staying;
  const more = staying.length > 1 ? ` and ${staying.length - 1} more` : "";
  return [
    ...(other === undefined ? [`without zone ${zone} no front of server ${name} is left, and nobody is served`] : []),
    ...(first === undefined ? [] : [`no zone is known of ${first}${more}: no lost zone is taken to stop it`]),
  ];
}
