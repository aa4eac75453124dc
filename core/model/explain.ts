import type { Cluster, Mount, Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";
import { modelBalancer } from "./balancer.js";
import type { ModelBalancer } from "./balancer.js";
import { statusText, isUsable, BITS } from "./bits.js";
import { failoverOrder, failureCosts } from "./failover.js";
import type { FailureCost } from "./failover.js";
import { serverSettingsOf } from "./server-settings.js";
import { spreadOf } from "./share.js";
import type { Spread } from "./share.js";
import { initialState } from "./state.js";

/** What can be said of a balancer without running anything. */
export interface Explanation {
  readonly balancer: ModelBalancer;
  /** Paths that lead to it. */
  readonly paths: readonly string[];
  readonly spread: Spread;
  /** Who serves, who when these have failed, and so on. */
  readonly failover: readonly (readonly number[])[];
  readonly costs: readonly FailureCost[];
  /** Members that serve no new request whatever fails, with the words of balancer-manager for their status. */
  readonly idle: readonly { readonly member: number; readonly status: string }[];
}

/** Explains every balancer of a topology. */
export function explainTopology(topology: Topology): readonly Explanation[] {
  return topology.clusters.map((cluster) => explainCluster(topology, cluster));
}

/** Explains the balancer of one cluster of a topology. */
export function explainCluster(topology: Topology, cluster: Cluster): Explanation {
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  const paths = mountsLeadingTo(topology, cluster).map(({ path }) => path);
  return explainBalancer(balancer, [...new Set(paths)]);
}

/** Mounts of all servers and virtual hosts that name a cluster, as httpd compares names. */
export function mountsLeadingTo({ servers }: Topology, { name }: Cluster): readonly Mount[] {
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  const meant = name.toLowerCase();
  return scopes.flatMap(({ mounts }) =>
    mounts.filter(({ to }) => to.kind === "cluster" && to.cluster.toLowerCase() === meant),
  );
}

function explainBalancer(balancer: ModelBalancer, paths: readonly string[]): Explanation {
  const state = initialState(balancer);
  const failover = failoverOrder(balancer);
  const serving = new Set(failover.flat());
  const idle = balancer.members.flatMap(({ status }, member) =>
    serving.has(member)
      ? []
      : [{ member, status: statusText(status & ~BITS.init) || (isUsable(status) ? "Ok" : "not usable") }],
  );
  return { balancer, paths, spread: spreadOf(state), failover, costs: failureCosts(balancer), idle };
}

/** The explanation as JSON: members by name, times in seconds. */
export function explanationJson({
  balancer,
  paths,
  spread,
  failover,
  costs,
  idle,
}: Explanation): Readonly<Record<string, JsonValue>> {
  const name = (member: number) => balancer.members[member]?.name ?? "";
  const shares = (list: Spread["shares"]) =>
    Object.fromEntries(list.map(({ member, share }) => [name(member), `${share.numerator}/${share.denominator}`]));
  return {
    balancer: balancer.name,
    lbmethod: balancer.settings.lbmethod,
    paths,
    shares: shares(spread.shares),
    period: spread.period ?? null,
    round: spread.round?.map(name) ?? null,
    longestRun:
      spread.longestRun === undefined ? null : { ...spread.longestRun, member: name(spread.longestRun.member) },
    failover: failover.map((level) => level.map(name)),
    idle: idle.map(({ member, status }) => ({ member: name(member), status })),
    failures: costs.map((cost) => ({
      member: name(cost.member),
      failedRequests: cost.failedRequests,
      firstDelaySeconds: cost.firstDelay / 1e6,
      firstRefused: cost.firstRefused,
      probesRefused: cost.probesRefused,
      probeEverySeconds: cost.probeEvery / 1e6,
      backWithinSeconds: cost.backWithin / 1e6,
      instead: shares(cost.instead),
      sessions: cost.sessions.kind === "redirected" ? { to: name(cost.sessions.member) } : cost.sessions.kind,
    })),
  };
}
