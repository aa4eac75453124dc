import { effectiveBalancer, effectiveMember } from "../../topology/effective.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { behaves } from "../../vocabulary/behaviours.js";
import { conditionOf } from "./condition.js";
import { failsItsChecks } from "./failing-checks.js";

/** Longest retry time a search tells apart from longer ones, in milliseconds: 18 hours. */
export const LONGEST_RETRY = 2 ** 26 - 1;

/** How the walk over the sets sees a member; `+RH` is a spare (measured on httpd 2.4.71). */
export type Place = "active" | "spare" | "standby";

/** One member as a search sees it. */
export interface SearchMember {
  readonly name: string;
  readonly lbset: number;
  /** Hundredths. */
  readonly lbfactor: number;
  readonly place: Place;
  /** H, which the lookup of a route leaves for its second pass, spares included. */
  readonly lookedUpLast: boolean;
  /** I, from httpd 2.4.21 on: never in error, and never a second try after it. */
  readonly ignoresErrors: boolean;
  /** Milliseconds; 0 means tried again at once, a race inside one request. */
  readonly retry: number;
  readonly route: string;
  readonly redirect: string;
  /** Bits of `CONDITION` at the start. */
  readonly condition: number;
  /** S and E: an error that no time ends, but a recovery by force (`ap_proxy_retry_worker`, modules/proxy/proxy_util.c). */
  readonly staysInError: boolean;
  /** True when health checks watch it. */
  readonly checked: boolean;
  /** True when these fail though it accepts connections. */
  readonly failsChecks: boolean;
}

/** One cluster as a search sees it: the parts of mod_proxy_balancer's state that decide who is tried. */
export interface SearchLayout {
  readonly cluster: string;
  readonly members: readonly SearchMember[];
  /** Tries after the first. */
  readonly furtherTries: number;
  readonly forceRecovery: boolean;
  readonly nofailover: boolean;
  readonly sticky: boolean;
  readonly lbmethod: string;
  /** True when httpd waits for a usable member before it gives up: the balancer's `timeout`. */
  readonly waits: boolean;
  /** Passed health checks end errors that requests caused. */
  readonly checksEndErrors: boolean;
  /** Values of lbset in the order they are walked. */
  readonly lbsets: readonly number[];
}

/** What a search needs of a cluster. */
export function searchLayout(topology: Topology, cluster: Cluster): SearchLayout {
  const balancer = effectiveBalancer(cluster);
  const own = cluster.members.map((member) => searchMember(topology, member));
  const members = balancer.lbmethod === "heartbeat" ? own.map(asHeartbeatSees) : own;
  return {
    cluster: cluster.name,
    members,
    furtherTries: balancer.maxAttempts,
    forceRecovery: balancer.forceRecovery,
    nofailover: balancer.nofailover,
    sticky: balancer.sticky !== undefined,
    lbmethod: balancer.lbmethod,
    waits: balancer.timeout > 0n,
    checksEndErrors: behaves(topology.httpd, "checks-end-request-errors"),
    lbsets: [...new Set(members.map(({ lbset }) => lbset))].sort((a, b) => a - b),
  };
}

/**
 * The first of each kind among members: a search for a shortest scenario cannot tell the others from it.
 *
 * @param further - text that is equal for members of one kind, where more than the layout tells them apart
 */
export function firstOfEachKind(
  layout: SearchLayout,
  members: readonly number[],
  further: (member: number) => string = () => "",
): readonly number[] {
  const kinds = new Map<string, number>();
  const owners = new Map<string, number>();
  for (const { route } of layout.members) owners.set(route, (owners.get(route) ?? 0) + 1);
  for (const m of members) {
    const member = layout.members[m] as SearchMember;
    const { route, redirect } = member;
    const session = layout.sticky ? [owners.get(route) === 1 ? "" : route || "none", redirect] : [];
    const key = JSON.stringify([{ ...member, name: "", route: "", redirect: "" }, session, further(m)]);
    if (!kinds.has(key)) kinds.set(key, m);
  }
  return [...kinds.values()];
}

/**
 * Searches for each of some members, the first of each kind before the others, until one search finds something. The
 * others are looked at too before anything is said to hold: ties go to the earlier member, so that members of one kind
 * are alike but not the same. Of more than eight alike only the first is searched when its search came to no end.
 */
export function searchedInTurn<T extends { readonly result: { readonly kind: "found" | "closed" | "bounded" } }>(
  layout: SearchLayout,
  members: readonly number[],
  search: (member: number) => T,
): readonly T[] {
  const first = firstOfEachKind(layout, members);
  const results: T[] = first.map(search);
  const others = members.filter((member) => !first.includes(member));
  for (const member of others) {
    if (results.some(({ result }) => result.kind === "found")) break;
    if (others.length > 8 && results.some(({ result }) => result.kind === "bounded")) break;
    results.push(search(member));
  }
  return results;
}

/** Routes that sessions can carry; empty when sessions do not stick. */
export function routesOf(layout: SearchLayout): readonly string[] {
  if (!layout.sticky) return [];
  return [...new Set(layout.members.map(({ route }) => route))].filter((route) => route !== "");
}

/** Why a layout is only for the model: what happens there by itself or by numbers that searches do not keep. */
export function modelOnly({ members, lbmethod, waits }: SearchLayout): string | undefined {
  if (members.some(({ checked }) => checked)) return "health checks come at times that only a running httpd decides";
  if (waits) return "the balancer's timeout makes requests wait";
  if (["byrequests", "bybusyness"].includes(lbmethod)) return undefined;
  return `${lbmethod} goes by what requests and answers are like, not by their number`;
}

/** The fast machine knows byrequests and bybusyness with nothing that happens by itself; the rest is for the model. */
export function needsModel(layout: SearchLayout): boolean {
  return modelOnly(layout) !== undefined;
}

/** Sets and roles mean nothing to heartbeat. */
function asHeartbeatSees(member: SearchMember): SearchMember {
  return { ...member, lbset: 0, place: "active" };
}

function searchMember(topology: Topology, configured: Member): SearchMember {
  const member = effectiveMember(configured, topology.healthCheckTemplates);
  const { status } = member;
  return {
    name: member.name,
    lbset: member.lbset,
    lbfactor: member.lbfactor,
    place: status.has("R") ? "spare" : status.has("H") ? "standby" : "active",
    lookedUpLast: status.has("H"),
    ignoresErrors: status.has("I") && !behaves(topology.httpd, "ignored-errors-count"),
    retry: Math.min(Number(member.retry / 1_000n), LONGEST_RETRY),
    route: member.route,
    redirect: member.redirect,
    condition: conditionOf(status),
    staysInError: status.has("S") && status.has("E"),
    checked: member.healthCheck !== undefined && !status.has("S"),
    failsChecks: !status.has("S") && failsItsChecks(topology, configured),
  };
}
