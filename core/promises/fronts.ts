import { modelBalancer, settledState } from "../model/engine.js";
import { serverSettingsOf } from "../model/server-settings.js";
import { spreadOf } from "../model/share.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";
import { wordOf } from "./scenario.js";

/** What several httpd of one configuration do together, each with counters of its own. */
export interface Fronts {
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
  readonly load?: { readonly each: number; readonly oneAway: number };
  /** True where the session says which member has it, so that every front finds it. */
  readonly keepsSessions: boolean;
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
): Fronts | undefined {
  if (fronts < 2) return undefined;
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  const { shares, period, longestRun } = spreadOf(settledState(balancer));
  const name = (member: number): string => wordOf(topology, cluster, member);
  return {
    fronts,
    shares: shares.map(({ member, share }) => ({ member: name(member), share: share.numerator / share.denominator })),
    ...(longestRun && { longestRun: { member: name(longestRun.member), requests: fronts * longestRun.length } }),
    ...(period !== undefined && { wholeAfter: fronts * period }),
    ...(requestsPerSecond !== undefined && {
      load: { each: requestsPerSecond / fronts, oneAway: requestsPerSecond / (fronts - 1) },
    }),
    keepsSessions: keepsSessions(cluster),
  };
}

function keepsSessions({ parameters, members }: Cluster): boolean {
  return parameters.stickysession !== undefined && members.every((member) => member.parameters.route !== undefined);
}

/** The same as lines of text. */
export function frontsText({ fronts, longestRun, wholeAfter, load, keepsSessions: kept }: Fronts): readonly string[] {
  const lines = [
    "Each has the shares above of its own requests, and so all have them together, in the long run.",
    ...(longestRun === undefined || wholeAfter === undefined
      ? []
      : [
          `They begin at the same place: up to ${longestRun.requests} requests in a row go to one member (${longestRun.member}); where they take turns, shares are exact every ${wholeAfter} requests.`,
        ]),
    `Each meets a failure by itself: of requests that wait or fail for it, and that try again, there are up to ${fronts} times as many.`,
    ...(load === undefined
      ? []
      : [
          `Of the load each gets ${figure(load.each)} requests/s, and ${figure(load.oneAway)} when one of them is away.`,
        ]),
    ...(kept ? ["A session stays with its member whichever of them is asked: the route is in the session."] : []),
    "What balancer-manager shows and changes is that of one.",
  ];
  return [`${fronts} httpd of this configuration, each with counters of its own:`, ...lines.map((line) => `  ${line}`)];
}

/** The same as JSON: shares as fractions of 1. */
export function frontsJson({ shares, longestRun, load, ...rest }: Fronts): JsonValue {
  return {
    ...rest,
    shares: shares.map(({ member, share }) => ({ member, share })),
    ...(longestRun && { longestRun: { ...longestRun } }),
    ...(load && { load: { ...load } }),
  };
}

function figure(load: number): string {
  return String(Number(load.toPrecision(4)));
}
