import type { Cluster, Mount, Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { Pointer } from "../vocabulary/problem.js";
import { detourJson } from "./approach-text.js";
import { approachTo } from "./approach.js";
import type { Approach } from "./approach.js";
import { modelBalancer } from "./balancer.js";
import type { ModelBalancer } from "./balancer.js";
import { statusText, isUsable, BITS } from "./bits.js";
import { failoverOrder, failureCost } from "./failover.js";
import type { FailoverCost } from "./failover.js";
import { serverSettingsOf } from "./server-settings.js";
import { childResetsOf, sharesBetweenResets } from "./child-resets.js";
import type { ChildResets } from "./child-resets.js";
import { isCheckedInVain, settledState } from "./settled.js";
import { spreadOf } from "./share.js";
import type { Spread } from "./share.js";
import { unhandledMembers } from "./unhandled.js";

/** What can be said of a balancer without running anything. */
export interface Explanation {
  readonly balancer: ModelBalancer;
  /** How requests come to it. */
  readonly approach: Approach;
  readonly spread: Spread;
  /** New child processes that set the counters back. @default - none does, or no line ends child processes */
  readonly resets?: ChildResets;
  /** Who serves, who when these have failed, and so on. */
  readonly failover: readonly (readonly number[])[];
  /** What failures cost, of as many members as there was time and room for. */
  readonly costs: readonly FailoverCost[];
  /** Members whose failure was left out. */
  readonly left: number;
  /** Members that httpd cannot ask, and what it answers in their place. @default - it can ask all of them */
  readonly unhandled?: ReadonlyMap<number, { readonly status: number }>;
  /** Members that serve no new request whatever fails. */
  readonly idle: readonly IdleMember[];
}

/** A member that serves no new request, and why. */
export interface IdleMember {
  readonly member: number;
  /** The words of balancer-manager for its status, once health checks have seen it. */
  readonly status: string;
  /** Its health checks fail although it answers. */
  readonly checkedInVain: boolean;
}

/** How far an explanation goes. */
export interface ExplainEffort {
  /** Asked now and then; true leaves out the costs of further failures. @default - never */
  readonly isOver?: () => boolean;
}

/** Members times members of which the costs of failures are told: each names all who serve instead. */
const MOST_SURVIVORS = 200_000;

/** Failures of which the costs are told, however long it takes. */
const FEWEST_COSTS = 12;

/** Explains every balancer of a topology. */
export function explainTopology(topology: Topology, effort: ExplainEffort = {}): readonly Explanation[] {
  return topology.clusters.map((cluster) => explainCluster(topology, cluster, effort));
}

/** Explains the balancer of one cluster of a topology. */
export function explainCluster(topology: Topology, cluster: Cluster, effort: ExplainEffort = {}): Explanation {
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  const resets = childResetsOf(topology);
  const unhandled = unhandledMembers(topology, cluster);
  const hasUnhandled = unhandled.size > 0;
  const explanation = explainBalancer(balancer, approachTo(topology, cluster), { ...effort, costs: !hasUnhandled });
  return { ...explanation, ...(resets && { resets }), ...(hasUnhandled && { unhandled }) };
}

/** Mounts of all servers and virtual hosts that name a cluster, as httpd compares names. */
export function mountsLeadingTo({ servers }: Topology, { name }: Cluster): readonly Mount[] {
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  const meant = name.toLowerCase();
  return scopes.flatMap(({ mounts }) =>
    mounts.filter(({ to }) => to.kind === "cluster" && to.cluster.toLowerCase() === meant),
  );
}

/** @param effort - `costs` is false where whoever takes over may be a member that httpd cannot ask */
function explainBalancer(
  balancer: ModelBalancer,
  approach: Approach,
  effort: ExplainEffort & { readonly costs: boolean },
): Explanation {
  const state = settledState(balancer);
  const failover = failoverOrder(balancer);
  const serving = new Set(failover.flat());
  const idle = [...state.status].flatMap((status, member): readonly IdleMember[] =>
    serving.has(member)
      ? []
      : [
          {
            member,
            status: statusText(status & ~BITS.init) || (isUsable(status) ? "Ok" : "not usable"),
            checkedInVain: isCheckedInVain(balancer, member),
          },
        ],
  );
  const [first = []] = failover;
  const most = effort.costs ? Math.max(FEWEST_COSTS, Math.floor(MOST_SURVIVORS / balancer.members.length)) : 0;
  const costs: FailoverCost[] = [];
  for (const member of first.slice(0, most)) {
    if (costs.length >= FEWEST_COSTS && effort.isOver?.() === true) break;
    costs.push(failureCost(balancer, member));
  }
  return { balancer, approach, spread: spreadOf(state), failover, costs, left: first.length - costs.length, idle };
}

/**
 * The explanation as JSON: members by name, times in seconds.
 *
 * @param placeOf - where a line is written. @default - its pointer
 */
export function explanationJson(
  { balancer, approach, spread, resets, failover, costs, left, idle, unhandled = new Map() }: Explanation,
  placeOf: (at: Pointer) => string = (at) => at,
): Readonly<Record<string, JsonValue>> {
  const name = (member: number) => balancer.members[member]?.name ?? "";
  const shares = (list: Spread["shares"]) =>
    Object.fromEntries(list.map(({ member, share }) => [name(member), `${share.numerator}/${share.denominator}`]));
  return {
    balancer: balancer.name,
    lbmethod: balancer.settings.lbmethod,
    paths: approach.paths,
    reached: approach.reached,
    judged: approach.doubts.length === 0,
    doubts: [...new Set(approach.doubts.map(placeOf))],
    elsewhere: approach.elsewhere.map((detour) => detourJson(detour, placeOf)),
    shares: shares(spread.shares),
    ...(resets !== undefined && {
      resets: { at: placeOf(resets.at), connections: resets.connections, bounds: boundsJson(spread, resets, name) },
    }),
    /** Whether the shares are those of several clients at once, too. */
    sharesOfSeveralClients: balancer.settings.lbmethod !== "bybusyness",
    period: spread.period ?? null,
    round: spread.round?.map(name) ?? null,
    longestRun:
      spread.longestRun === undefined ? null : { ...spread.longestRun, member: name(spread.longestRun.member) },
    failover: failover.map((level) => level.map(name)),
    ...(unhandled.size > 0 && {
      unhandled: [...unhandled].map(([member, { status }]) => ({ member: name(member), status })),
    }),
    idle: idle.map(({ member, status, checkedInVain }) => ({
      member: name(member),
      status,
      ...(checkedInVain && { checksFail: true }),
    })),
    failures: costs.map((cost) => ({
      member: name(cost.member),
      failedRequests: cost.failedRequests,
      firstDelaySeconds: cost.firstDelay / 1e6,
      firstRefused: cost.firstRefused,
      probesRefused: cost.probesRefused,
      probeEverySeconds: cost.probeEvery / 1e6,
      backWithinSeconds: cost.backWithin / 1e6,
      instead: shares(cost.instead),
      hang: { status: cost.hang.status, afterSeconds: cost.hang.after / 1e6, inError: cost.hang.isOut },
      sessions: cost.sessions.kind === "redirected" ? { to: name(cost.sessions.member) } : cost.sessions.kind,
    })),
    failuresLeftOut: left,
  };
}

/** The least and the most of each member's part, by its name; null where they are not known. */
function boundsJson(spread: Spread, resets: ChildResets, name: (member: number) => string): JsonValue {
  const bounds = sharesBetweenResets(spread, resets);
  if (bounds === undefined) return null;
  return Object.fromEntries(bounds.map(({ member, least, most }) => [name(member), [least, most]]));
}
