import { modelBalancer } from "../model/engine.js";
import { failureCost } from "../model/failover.js";
import type { FailoverCost as ModelCost } from "../model/failover.js";
import type { ServerSettings } from "../vocabulary/settings.js";
import { copiesHeld } from "../topology/session-holders.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Duration } from "../vocabulary/duration.js";
import { millis } from "../vocabulary/duration.js";
import { wordOf } from "./scenario.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import { longRunShares, members } from "./serving.js";

/** What the failure of one member costs. */
export interface FailureCost {
  readonly member: string;
  /** Part of the requests it served before. */
  readonly share: number;
  /** Requests refused of the first hundred of one sequential client, without a session: its server refuses connections. */
  readonly failedRequests: number;
  /** True when the first request that meets it is refused instead of answered by another member. */
  readonly firstRefused: boolean;
  /** How much later the first request that meets it is answered, when packets to it are lost: a connect timeout a try. */
  readonly addedLatency: Duration;
  /** Longest time until it serves again, once it is back. */
  readonly failback: Duration;
  /** Part of all sessions that are lost: its own, unless somebody of its replication group is left. */
  readonly sessionsLost: number;
  /** Part of all sessions that are refused until it is back: its own, under `nofailover`. */
  readonly sessionsRefused: number;
  /** Part of the requests that each survivor serves meanwhile. */
  readonly survivors: readonly { readonly member: string; readonly share: number }[];
}

/** How httpd's own workers run out while a backend does not answer. */
export interface Exhaustion {
  readonly member: string;
  /** Requests that can hang at the member at once: `max` of each process, at most all workers of httpd. */
  readonly slots: number;
  /** Time until these slots are taken when the member falls silent; absent without a load. */
  readonly fills?: Duration;
  /** True when they are all workers of httpd, so that no request is answered any more. */
  readonly stopsHttpd: boolean;
  /** How long each of them waits: `timeout` of the member. @default - as long as the server's own timeouts say */
  readonly waits?: Duration;
  /** True when the first of them puts the member into error: `failontimeout`. */
  readonly leaves: boolean;
}

/** Size and load of httpd. */
export interface HttpdSize {
  readonly maxRequestWorkers: number;
  readonly processes: number;
  /** @default - not known */
  readonly requestsPerSecond?: number;
}

/** What is known already of the costs of failures, and how far to go on. */
export interface KnownCosts {
  /** Costs that an explanation has computed, which are told again. @default - none */
  readonly costs?: readonly ModelCost[];
  /** Most members. @default - all */
  readonly most?: number;
  /** True once there is no time left for what is not known. @default - never */
  readonly isOver?: () => boolean;
}

/** What the failure of each member of a cluster costs, one by one; members that are out of service cost nothing. */
export function failureCosts(
  topology: Topology,
  cluster: Cluster,
  settings: ServerSettings = {},
  { costs = [], most = Infinity, isOver = () => false }: KnownCosts = {},
): readonly FailureCost[] {
  const known = new Map(costs.map((cost) => [cost.member, cost]));
  const layout = searchLayout(topology, cluster);
  const balancer = modelBalancer(cluster, { ...topology, settings });
  const before = longRunShares(layout, new Set());
  const shares = new Map(before.map((share) => [share.member, share.numerator / share.denominator]));
  const shareOf = (member: number): number => shares.get(member) ?? 0;
  const told = tried(layout).filter((member, place) => place < most && (known.has(member) || !isOver()));
  return told.map((member): FailureCost => {
    const alone = copiesHeld(topology, cluster, member) === 1;
    const cost = known.get(member) ?? failureCost(balancer, member);
    return {
      member: wordOf(topology, cluster, member),
      share: shareOf(member),
      failedRequests: cost.failedRequests,
      firstRefused: cost.firstRefused,
      addedLatency: millis(Math.ceil(cost.firstDelay / 1_000)),
      failback: millis(Math.ceil(cost.backWithin / 1_000)),
      sessionsLost: alone ? shareOf(member) : 0,
      sessionsRefused: cost.sessions.kind === "refused" ? shareOf(member) : 0,
      survivors: longRunShares(layout, new Set([member])).map((share) => ({
        member: wordOf(topology, cluster, share.member),
        share: share.numerator / share.denominator,
      })),
    };
  });
}

/** Members that are tried in the long run: whose checks fail for ever serves nothing that could fail. */
function tried(layout: SearchLayout): readonly number[] {
  return members(layout).filter((member) => layout.members[member]?.failsChecks !== true);
}

/** When httpd's workers run out at each serving member that falls silent under a load. */
export function exhaustion(topology: Topology, cluster: Cluster, size: HttpdSize): readonly Exhaustion[] {
  const { maxRequestWorkers, processes, requestsPerSecond } = size;
  return longRunShares(searchLayout(topology, cluster), new Set()).map(({ member, numerator, denominator }) => {
    const perProcess = Math.ceil(maxRequestWorkers / processes);
    const { max, timeout } = cluster.members[member]?.parameters ?? {};
    const own = max === undefined || max === 0 ? perProcess : Math.min(max, perProcess);
    const slots = Math.min(own * processes, maxRequestWorkers);
    const rate = ((requestsPerSecond ?? 0) * numerator) / denominator;
    return {
      member: wordOf(topology, cluster, member),
      slots,
      ...(rate > 0 && { fills: millis(Math.round((1_000 * slots) / rate)) }),
      stopsHttpd: slots >= maxRequestWorkers,
      ...(timeout === undefined ? {} : { waits: timeout }),
      leaves: cluster.parameters.failontimeout ?? false,
    };
  });
}

/**
 * The longest wait of a request that meets all members but one down, when packets to them are lost: the connect timeouts
 * of all tries that `maxattempts` allows, the longest ones.
 */
export function longestWait(topology: Topology, cluster: Cluster, settings: ServerSettings = {}): Duration {
  const layout = searchLayout(topology, cluster);
  const balancer = modelBalancer(cluster, { ...topology, settings });
  const timeouts = tried(layout).map((member) => balancer.members[member]?.connectTimeout ?? 0);
  const inVain = timeouts
    .sort((a, b) => b - a)
    .slice(0, timeouts.length - 1)
    .slice(0, layout.furtherTries + 1);
  return millis(Math.ceil(inVain.reduce((sum, timeout) => sum + timeout, 0) / 1_000));
}
