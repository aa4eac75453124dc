import { effectiveBalancer } from "../topology/effective.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Counterexample } from "./counterexample.js";
import type { Finding } from "./finding.js";
import { toScenario, wordOf } from "./scenario.js";
import type { SearchLimits } from "./search/classes.js";
import { WAIT_MARGIN } from "./search/exact-machine.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { findRequest } from "./search/predicate.js";
import { members } from "./serving.js";

interface Loss {
  readonly events: readonly SearchEvent[];
  readonly why: string;
  readonly at: Pointer;
}

/**
 * Decides `sessions`: no session is lost while up to so many members fail, and none is left behind on a standby.
 *
 * A session lives on the members of its replication group, else on its own member alone; it is lost when all of them
 * are down at once, or when httpd sends it to somebody else while they are up: because sessions do not stick, or
 * because a standby that made it is not of the group that serves after failback. With a route on a standby its sessions
 * stay there for good (measured on httpd 2.4.71).
 */
export function judgeSessions(topology: Topology, cluster: Cluster, limits: SearchLimits): Finding {
  const layout = searchLayout(topology, cluster);
  const states = layout.members.length;
  const base: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
  const losses = [
    ...strays(topology, cluster, { layout, base }),
    ...outages(topology, cluster, { layout, limits, base }),
    ...standbys(topology, cluster, { layout, limits, base }),
  ];
  const [shortest] = losses.sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined) return { holds: true, states, proof: "argument" };
  return { holds: false, states, counterexample: example(topology, cluster, shortest) };
}

interface Case {
  readonly layout: SearchLayout;
  readonly base: Pointer;
}

/** Without stickiness the next request of a session goes to whoever is next. */
function strays(topology: Topology, cluster: Cluster, { layout, base }: Case): readonly Loss[] {
  const serving = members(layout);
  const [first, second] = serving;
  if (layout.sticky || first === undefined || second === undefined) return [];
  if (oneGroup(serving.map((member) => cluster.members[member]))) return [];
  const names = [first, second].map((member) => wordOf(topology, cluster, member)).join(" and ");
  const why = `sessions do not stick (no stickysession), and ${names} do not replicate to each other`;
  return [{ events: [{ kind: "request" }, { kind: "request" }], why, at: `${base}/parameters/stickysession` }];
}

/** The members that hold a session are all down at once. */
function outages(
  topology: Topology,
  cluster: Cluster,
  { layout, limits, base }: Case & { readonly limits: SearchLimits },
): readonly Loss[] {
  return members(layout).flatMap((member) => {
    const holders = holdersOf(cluster, member);
    if (holders.length > limits.failures || !isFirstOf(holders, member, cluster)) return [];
    const route = layout.sticky ? layout.members[member]?.route : undefined;
    const request: SearchEvent = route === undefined || route === "" ? { kind: "request" } : { kind: "request", route };
    const names = holders.map((holder) => wordOf(topology, cluster, holder)).join(", ");
    const stays = effectiveBalancer(cluster).nofailover && layout.sticky;
    const why =
      holders.length === 1
        ? `sessions of ${names} are on no other member (no replicationGroup)`
        : `sessions of ${names} are on these members only, and all of them are down`;
    const stops = holders.map((holder): SearchEvent => ({ kind: "stop", member: holder }));
    const at: Pointer = `${base}/members${pointerStep(member)}`;
    const refused = stays ? "; nofailover=On refuses them" : "";
    return [{ events: [request, ...stops, request], why: why + refused, at }];
  });
}

/** Sessions that a standby made while the actives were down. */
function standbys(
  topology: Topology,
  cluster: Cluster,
  { layout, limits, base }: Case & { readonly limits: SearchLimits },
): readonly Loss[] {
  return members(layout).flatMap((standby) => {
    const { place = "", route = "" } = layout.members[standby] ?? {};
    if (place !== "standby") return [];
    const actives = members(layout).filter((member) => layout.members[member]?.place !== "standby");
    const left = layout.sticky && route !== "";
    const replicated = oneGroup([standby, ...actives].map((member) => cluster.members[member]));
    if (actives.length === 0 || (!left && replicated)) return [];
    const events = findRequest(layout, { limits, breaks: ({ answer }) => answer === standby });
    if (events === undefined) return [];
    const name = wordOf(topology, cluster, standby);
    const why = left
      ? `the session that ${name} made stays on it after failback, because ${name} has a route ('${route}')`
      : `the session that ${name} made is lost after failback: ${name} does not replicate to the members that serve then`;
    const field = left ? "/parameters/route" : "";
    const last: SearchEvent = left ? { kind: "request", route } : { kind: "request" };
    const at: Pointer = `${base}/members${pointerStep(standby)}${field}`;
    return [{ events: [...events, ...failback(layout, events), last], why, at }];
  });
}

/** Everybody starts again, and every retry time passes. */
function failback(layout: SearchLayout, events: readonly SearchEvent[]): readonly SearchEvent[] {
  const downs = new Set<number>();
  for (const event of events) {
    if (event.kind === "stop") downs.add(event.member);
    if (event.kind === "start") downs.delete(event.member);
  }
  const longest = Math.max(0, ...[...downs].map((member) => layout.members[member]?.retry ?? 0));
  const starts = [...downs].map((member): SearchEvent => ({ kind: "start", member }));
  return [...starts, ...(downs.size === 0 ? [] : [{ kind: "wait", milliseconds: longest + WAIT_MARGIN } as const])];
}

/** Members that hold copies of a member's sessions, itself included. */
function holdersOf(cluster: Cluster, member: number): readonly number[] {
  const group = cluster.members[member]?.replicationGroup;
  if (group === undefined) return [member];
  return cluster.members.flatMap(({ replicationGroup }, index) => (replicationGroup === group ? [index] : []));
}

/** True for the first of a group: what is said of a group is said once. */
function isFirstOf(holders: readonly number[], member: number, cluster: Cluster): boolean {
  return holders[0] === member || cluster.members[holders[0] ?? member]?.parameters.route === undefined;
}

function oneGroup(group: readonly (Member | undefined)[]): boolean {
  const names = new Set(group.map((member) => member?.replicationGroup));
  return names.size === 1 && !names.has(undefined);
}

function example(topology: Topology, cluster: Cluster, { events, why, at }: Loss): Counterexample {
  const scenario = toScenario(topology, cluster, events);
  return { scenario, events: events.length, explanation: why, sure: true, shortest: false, at };
}
