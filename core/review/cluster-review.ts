import { mountsLeadingTo } from "../model/explain.js";
import { serverSettingsOf } from "../model/server-settings.js";
import { canonicalJson } from "../topology/canonical.js";
import { serversBefore } from "../topology/fronts.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { isHealthChecked } from "../topology/usage.js";
import { clusterChanges, memberWords, shownUrl } from "./cluster-changes.js";
import { pairMembers } from "./match.js";
import type { Pair } from "./match.js";
import { clusterMeaning } from "./meaning.js";
import { comparePromises } from "./promises.js";
import type { Effort, ReviewedCluster } from "./promises.js";
import type { ClusterReview, MemberReview } from "./report.js";
import { sessionsMoved, strayedInQuery } from "./sessions.js";
import { NO_TRAFFIC, trafficOf } from "./traffic.js";
import type { Traffic } from "./traffic.js";
import { unmodelledIn } from "./unmodelled.js";

/** A cluster on one side: as it was described, and as it is compared. */
export interface ClusterSide extends ReviewedCluster {
  readonly compared: ReviewedCluster;
}

/** What decides about a cluster beside itself, as text. */
export function surroundingsOf({ topology, cluster }: ReviewedCluster): string {
  const fronts = serversBefore(topology, cluster).flatMap((server) => server.fronts ?? []);
  return canonicalJson({
    httpd: topology.httpd,
    settings: serverSettingsOf(topology, cluster),
    mounts: mountsLeadingTo(topology, cluster).map(({ path, to }) => [path, "path" in to ? to.path : ""]),
    ...(fronts.length > 0 && { fronts }),
    ...(isHealthChecked(cluster) && { checks: [topology.healthCheckTemplates, topology.healthCheckExpressions] }),
  });
}

/** What a change does to one cluster. */
export function reviewCluster(input: string, { before, after }: Pair<ClusterSide>, effort: Effort): ClusterReview {
  const [old, young] = [trafficIn(before), trafficIn(after)];
  const members = memberReviews(before?.cluster, after?.cluster);
  const sessions = sessionsIn(before, after, old.shares);
  const promises = comparePromises(before, after, effort);
  const unsure = young.unsure ?? old.unsure;
  const same = before !== undefined && after !== undefined && isSameTraffic(old, young, members);
  const settled = promises.results.every((result) => result.before === result.after);
  return {
    name: (after ?? before)?.cluster.name ?? "",
    input,
    kind: after === undefined ? "removed" : before === undefined ? "added" : "changed",
    ...formerName(before?.cluster, after?.cluster),
    affectsTraffic: !same || !settled || (sessions.moved ?? "0/1") !== "0/1" || "inQuery" in sessions,
    changes: changesOf(before, after),
    members,
    shares: { before: old.shares, after: young.shares },
    failover: { before: old.failover, after: young.failover },
    failures: { before: old.failures, after: young.failures },
    load: { before: old.load, after: young.load },
    sessions,
    promises,
    ...(unsure !== undefined && { unsure }),
    ...unmodelledOf(before, after),
  };
}

function unmodelledOf(
  before: ClusterSide | undefined,
  after: ClusterSide | undefined,
): Pick<ClusterReview, "unmodelled"> {
  if (before === undefined || after === undefined) return {};
  const unmodelled = unmodelledIn(clusterMeaning(before.compared.cluster), clusterMeaning(after.compared.cluster));
  return unmodelled.length === 0 ? {} : { unmodelled };
}

function sessionsIn(
  before: ClusterSide | undefined,
  after: ClusterSide | undefined,
  shares: Traffic["shares"],
): ClusterReview["sessions"] {
  const inQuery = strayedInQuery(before, after, shares);
  return {
    ...sessionsMoved(before?.cluster, after?.cluster, shares),
    ...(inQuery !== undefined && { inQuery }),
  };
}

function isSameTraffic(old: Traffic, young: Traffic, members: readonly MemberReview[]): boolean {
  const moved = members.some(({ address }) => address !== undefined);
  return !moved && canonicalJson(renamed(old, members)) === canonicalJson(young);
}

function trafficIn(side: ClusterSide | undefined): Traffic {
  return side === undefined ? NO_TRAFFIC : trafficOf(side.topology, side.cluster);
}

function changesOf(before: ClusterSide | undefined, after: ClusterSide | undefined): readonly string[] {
  if (before !== undefined && after !== undefined) {
    return clusterChanges(clusterMeaning(before.compared.cluster), clusterMeaning(after.compared.cluster));
  }
  const { name = "", members = [] } = (after ?? before)?.cluster ?? {};
  const who = members.map(memberWords).join(", ") || "nobody";
  return [after === undefined ? `cluster ${name} is removed; it had ${who}` : `cluster ${name} is new, with ${who}`];
}

function formerName(before: Cluster | undefined, after: Cluster | undefined): { readonly formerName?: string } {
  if (before === undefined || after === undefined) return {};
  return before.name.toLowerCase() === after.name.toLowerCase() ? {} : { formerName: before.name };
}

function memberReviews(before: Cluster | undefined, after: Cluster | undefined): readonly MemberReview[] {
  if (before === undefined) return (after?.members ?? []).map(({ name }) => ({ after: name }));
  if (after === undefined) return before.members.map(({ name }) => ({ before: name }));
  return pairMembers(before, after).map(({ before: old, after: young }) => {
    const [from, to] = [old && shownUrl(old), young && shownUrl(young)];
    return {
      ...(old && { before: old.name }),
      ...(young && { after: young.name }),
      ...(from !== undefined && to !== undefined && from !== to && { address: { before: from, after: to } }),
    };
  });
}

/** Traffic in the names that members have afterwards. */
function renamed(traffic: Traffic, members: readonly MemberReview[]): Traffic {
  const names = new Map(members.map(({ before, after }) => [before ?? "", after ?? before ?? ""]));
  const now = (name: string): string => names.get(name) ?? name;
  const keys = <V>(record: Readonly<Record<string, V>>): Readonly<Record<string, V>> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [now(name), value]));
  const { shares, failover, failures, load, round } = traffic;
  return {
    ...traffic,
    shares: keys(shares),
    failover: failover.map((level) => level.map(now)),
    failures: failures.map((cost) => ({ ...cost, member: now(cost.member), instead: keys(cost.instead) })),
    load: load && {
      ...load,
      allUp: { ...load.allUp, member: now(load.allUp.member) },
      oneDown: load.oneDown && {
        ...load.oneDown,
        down: now(load.oneDown.down),
        member: now(load.oneDown.member),
      },
    },
    round: round?.map(now),
  };
}

/** The cluster of a topology that is compared in the place of one of another reading of the same input. */
export function sameCluster(topology: Topology, among: Topology, cluster: Cluster): Cluster {
  if (among === topology) return cluster;
  const alike = ({ name }: Cluster): boolean => name.toLowerCase() === cluster.name.toLowerCase();
  const place = topology.clusters.filter(alike).indexOf(cluster);
  const found = among.clusters.filter(alike)[place];
  if (found === undefined) throw new Error(`cluster ${cluster.name} is lost where its file is read again`);
  return found;
}
