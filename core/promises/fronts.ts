import { modelBalancer, settledState } from "../model/engine.js";
import { serverSettingsOf } from "../model/server-settings.js";
import { spreadOf } from "../model/share.js";
import { numberOfFronts, frontsByZone, serversBefore, supposedFronts } from "../topology/fronts.js";
import type { Cluster, Fronts, Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";
import { wordOf } from "./scenario.js";

/** What several httpd of one configuration do together, each with counters of its own. */
export interface FrontsTogether {
  readonly fronts: number;
  /** Each member's part of the requests in the long run: of each front, and so of all. */
  readonly shares: readonly { readonly member: string; readonly share: number }[];
  /**
   * Most requests in a row that all of them together give to one member, however requests are spread over fronts; fronts that
   * start together do. @default - not known, where httpd draws or goes by bytes
   */
  readonly longestRun?: { readonly member: string; readonly requests: number };
  /** Requests after which everybody has its share exactly, where fronts take turns. @default - as above */
  readonly wholeAfter?: number;
  /** Requests per second of each front, with all of them and with one away. @default - the load is not known */
  readonly load?: FrontLoads;
  /** Most requests per second that one of them can serve. @default - not known */
  readonly capacity?: number;
  /** How many stand in each failure zone. @default - not known */
  readonly zones?: readonly { readonly zone: string; readonly fronts: number }[];
  /** True where the session says which member has it, so that every front finds it. */
  readonly keepsSessions: boolean;
}

/** Requests per second of a front: with all of them, with one away, and without the zone that takes most of them. */
export interface FrontLoads {
  readonly each: number;
  readonly oneAway: number;
  /** @default - zones are not known, or there is one */
  readonly zoneAway?: { readonly zone: string; readonly each: number };
}

/** How many fronts the servers before a cluster say they have together; undefined where one of them says nothing. */
export function frontsBefore(topology: Topology, cluster: Cluster): number | undefined {
  const counts = serversBefore(topology, cluster).map(({ fronts = {} }) => numberOfFronts(fronts));
  return counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    counts.length === 0 ? undefined : 0,
  );
}

/** The fronts of the one server before a cluster, where there are so many. */
function knownFronts(topology: Topology, cluster: Cluster, count: number): Fronts {
  const [server, other] = serversBefore(topology, cluster);
  return server === undefined || other !== undefined ? {} : supposedFronts(server.fronts, count);
}

/**
 * What is to be said of several fronts; undefined for one.
 *
 * A front sees its own requests only, so that each makes the round of `explain` by itself. Requests in a row to one member are
 * in a row at each front, so that no order of fronts makes more of them than the fronts' own runs together.
 *
 * @param requestsPerSecond - of all fronts. @default - not known
 */
export function frontsOf(
  topology: Topology,
  cluster: Cluster,
  fronts: number,
  requestsPerSecond?: number,
): FrontsTogether | undefined {
  if (fronts < 2) return undefined;
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  const { shares, period, longestRun } = spreadOf(settledState(balancer));
  const name = (member: number): string => wordOf(topology, cluster, member);
  const known = knownFronts(topology, cluster, fronts);
  const zones = [...frontsByZone(known)].map(([zone, count]) => ({ zone, fronts: count }));
  return {
    fronts,
    shares: shares.map(({ member, share }) => ({ member: name(member), share: share.numerator / share.denominator })),
    ...(longestRun && { longestRun: { member: name(longestRun.member), requests: fronts * longestRun.length } }),
    ...(period !== undefined && { wholeAfter: fronts * period }),
    ...(requestsPerSecond !== undefined && { load: loadsOf(requestsPerSecond, fronts, zones) }),
    ...(known.capacity !== undefined && { capacity: known.capacity }),
    ...(zones.length > 0 && { zones }),
    keepsSessions: keepsSessions(cluster),
  };
}

function loadsOf(load: number, fronts: number, zones: FrontsTogether["zones"] = []): FrontLoads {
  const [largest] = zones.toSorted((one, other) => other.fronts - one.fronts);
  return {
    each: load / fronts,
    oneAway: load / (fronts - 1),
    ...(largest !== undefined &&
      largest.fronts < fronts && { zoneAway: { zone: largest.zone, each: load / (fronts - largest.fronts) } }),
  };
}

function keepsSessions({ parameters, members }: Cluster): boolean {
  return parameters.stickysession !== undefined && members.every((member) => member.parameters.route !== undefined);
}

/** The same as lines of text. */
export function frontsText(told: FrontsTogether): readonly string[] {
  const { fronts, longestRun, wholeAfter, load, capacity, zones, keepsSessions: kept } = told;
  const lines = [
    "Each has the shares above of its own requests, and so all have them together, in the long run.",
    ...(longestRun === undefined || wholeAfter === undefined
      ? []
      : [
          `They begin at the same place: up to ${longestRun.requests} requests in a row go to one member (${longestRun.member}); where they take turns, shares are exact every ${wholeAfter} requests.`,
        ]),
    `Each meets a failure by itself: of requests that wait or fail for it, and that try again, there are up to ${fronts} times as many.`,
    ...(zones === undefined
      ? []
      : [`Of them ${zones.map(({ zone, fronts: own }) => `${own} in zone ${zone}`).join(", ")}.`]),
    ...(load === undefined ? [] : [loadText(load)]),
    ...(capacity === undefined ? [] : [`One of them can serve ${capacity} requests/s, as it is said.`]),
    ...(kept ? ["A session stays with its member whichever of them is asked: the route is in the session."] : []),
    "What balancer-manager shows and changes is that of one.",
  ];
  return [`${fronts} httpd of this configuration, each with counters of its own:`, ...lines.map((line) => `  ${line}`)];
}

function loadText({ each, oneAway, zoneAway }: FrontLoads): string {
  const gets = `Of the load each gets ${figure(each)} requests/s`;
  if (zoneAway === undefined) return `${gets}, and ${figure(oneAway)} when one of them is away.`;
  return `${gets}, ${figure(oneAway)} when one of them is away, and ${figure(zoneAway.each)} without zone ${zoneAway.zone}.`;
}

/** The same as JSON: shares as fractions of 1. */
export function frontsJson({ shares, longestRun, load, zones, ...rest }: FrontsTogether): JsonValue {
  return {
    ...rest,
    shares: shares.map(({ member, share }) => ({ member, share })),
    ...(longestRun && { longestRun: { ...longestRun } }),
    ...(load && { load: { ...load, ...(load.zoneAway && { zoneAway: { ...load.zoneAway } }) } }),
    ...(zones && { zones: zones.map((zone) => ({ ...zone })) }),
  };
}

function figure(load: number): string {
  return String(Number(load.toPrecision(4)));
}
