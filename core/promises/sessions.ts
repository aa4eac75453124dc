import { effectiveBalancer } from "../topology/effective.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Finding } from "./finding.js";
import { held } from "./held.js";
import { joined, named, sentence } from "./sentence.js";
import type { Sentence } from "./sentence.js";
import type { SearchLimits } from "./search/classes.js";
import { CONDITION, UNUSABLE } from "./search/condition.js";
import { startRow, WAIT_MARGIN } from "./search/exact-machine.js";
import { ExactRequest, OWN_ERROR } from "./search/exact-request.js";
import { firstOfEachKind, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { planned } from "./search/late.js";
import { findRequest, obstacles } from "./search/predicate.js";
import type { RequestFound } from "./search/predicate.js";
import { members } from "./serving.js";

interface Loss {
  readonly events: readonly SearchEvent[];
  readonly why: Sentence;
  readonly at: Pointer;
}

/**
 * Decides `sessions`: no session is lost while up to so many members fail, and none is left behind on a standby.
 *
 * A session lives on the members of its replication group, else on its own member alone; it is lost when all of them
 * are down at once, or when httpd sends it to somebody else while they are up: because sessions do not stick, because
 * failover picks by load and not by who replicates, or because a standby that made it is not of the group that serves after failback. With a route on a standby its sessions
 * stay there for good (measured on httpd 2.4.71).
 */
export function judgeSessions(topology: Topology, cluster: Cluster, limits: SearchLimits): Finding {
  const layout = searchLayout(topology, cluster);
  const known = { layout, limits };
  const searched = [...strangers(cluster, known), ...standbys(cluster, known)];
  const losses = [
    ...strays(cluster, known),
    ...outages(cluster, known),
    ...searched.flatMap(({ loss }) => (loss === undefined ? [] : [loss])),
  ];
  const results = searched.map(({ result }) => result);
  const [shortest] = losses.sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined) return held(layout, results);
  const states = results.reduce((total, result) => total + result.states, layout.members.length);
  return { holds: false, states, breach: { ...shortest, sure: true, shortest: false } };
}

interface Case {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
}

interface Searched {
  readonly result: RequestFound;
  readonly loss?: Loss;
}

/** Most requests in which a session that nothing ties to its member has met another one. */
const MOST_TURNS = 2_000;

/** With everybody up, the next requests of a session that carries no route go to whoever is next. */
function strays(cluster: Cluster, { layout }: Case): readonly Loss[] {
  const row = startRow(layout);
  const request = new ExactRequest(layout);
  const makers: number[] = [];
  for (let turn = 1; turn <= MOST_TURNS && layout.lbmethod !== "heartbeat"; turn++) {
    const answer = request.serve(row, undefined);
    if (answer === OWN_ERROR) return [];
    const maker = makers.find((made) => !holdersOf(layout, cluster, made).includes(answer));
    if (maker !== undefined) {
      const cause = layout.sticky ? sentence`${named(maker)} has no route` : "no stickysession";
      const apart = sentence`${named(maker)} and ${named(answer)} do not replicate to each other`;
      const why = sentence`sessions do not stick (${cause}), and ${apart}`;
      const at: Pointer = layout.sticky
        ? `/members${pointerStep(maker)}/parameters/route`
        : `/parameters/stickysession`;
      return [{ events: Array.from({ length: turn }, () => ({ kind: "request" }) as const), why, at }];
    }
    const tied = layout.sticky && layout.members[answer]?.route !== "";
    if (!tied && !makers.includes(answer)) makers.push(answer);
  }
  return [];
}

/** A session whose member is down goes to somebody who does not hold it, though others who do are up. */
function strangers(cluster: Cluster, { layout, limits }: Case): readonly Searched[] {
  if (!layout.sticky) return [];
  const makers = members(layout).filter((m) => {
    const { place = "", route = "" } = layout.members[m] ?? {};
    const holders = holdersOf(layout, cluster, m).length;
    return place !== "standby" && route !== "" && holders > 1 && holders < members(layout).length;
  });
  return firstOfEachKind(layout, makers, (m) => cluster.members[m]?.replicationGroup ?? "").map((maker): Searched => {
    const holders = holdersOf(layout, cluster, maker);
    const route = layout.members[maker]?.route ?? "";
    const result = findRequest(layout, {
      limits,
      routes: [route],
      distance: (row) => (((row[maker] as number) & (CONDITION.down | UNUSABLE)) === 0 ? 2 : 1),
      breaks: (served) => served.route === route && served.answer !== OWN_ERROR && !holders.includes(served.answer),
    });
    if (result.kind !== "found") return { result };
    const only = sentence`the session of ${named(maker)} is on ${allOf(holders)} only`;
    const why = sentence`${only}, and httpd sends it to another member: it picks by load, not by who replicates`;
    return { result, loss: { events: result.events, why, at: `/members${pointerStep(maker)}` } };
  });
}

/** The members that hold a session are all down at once. */
function outages(cluster: Cluster, { layout, limits }: Case): readonly Loss[] {
  return members(layout).flatMap((member) => {
    const holders = holdersOf(layout, cluster, member);
    if (holders.length > limits.failures || !isFirstOf(holders, member, cluster)) return [];
    const route = layout.sticky ? layout.members[member]?.route : undefined;
    const request: SearchEvent = route === undefined || route === "" ? { kind: "request" } : { kind: "request", route };
    const names = allOf(holders);
    const stays = effectiveBalancer(cluster).nofailover && layout.sticky;
    const where =
      holders.length === 1
        ? "are on no other member (no replicationGroup)"
        : "are on these members only, and all of them are down";
    const stops = holders.map((holder): SearchEvent => ({ kind: "stop", member: holder }));
    const at: Pointer = `/members${pointerStep(member)}`;
    const refused = stays ? "; nofailover=On refuses them" : "";
    return [{ events: [request, ...stops, request], why: sentence`sessions of ${names} ${where}${refused}`, at }];
  });
}

/** Sessions that a standby made while the actives were down. */
function standbys(cluster: Cluster, { layout, limits }: Case): readonly Searched[] {
  const actives = members(layout).filter((member) => layout.members[member]?.place !== "standby");
  const candidates = members(layout).filter((member) => layout.members[member]?.place === "standby");
  if (actives.length === 0) return [];
  const groupOf = (member: number): string => cluster.members[member]?.replicationGroup ?? "";
  return firstOfEachKind(layout, candidates, groupOf).flatMap((standby): readonly Searched[] => {
    const { route = "", lbset = 0 } = layout.members[standby] ?? {};
    const left = layout.sticky && route !== "";
    if (!left && oneGroup([standby, ...actives].map((member) => cluster.members[member]))) return [];
    const stops = obstacles(layout, lbset, standby);
    const result = findRequest(layout, {
      limits,
      breaks: ({ answer }) => answer === standby,
      distance: (row) => stops(row) + 1,
      plans: () => [planned(layout, limits, [], { fit: (answer) => answer === standby })],
    });
    if (result.kind !== "found") return [{ result }];
    const { events } = result;
    const name = named(standby);
    const end = left
      ? sentence`stays on it after failback, because ${name} has a route ('${route}')`
      : sentence`is lost after failback: ${name} does not replicate to the members that serve then`;
    const why = sentence`the session that ${name} made ${end}`;
    const field = left ? "/parameters/route" : "";
    const last: SearchEvent = left ? { kind: "request", route } : { kind: "request" };
    const at: Pointer = `/members${pointerStep(standby)}${field}`;
    return [{ result, loss: { events: [...events, ...failback(layout, events), last], why, at } }];
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

/** Members that hold copies of a member's sessions and can be sent requests, itself included. */
function holdersOf(layout: SearchLayout, cluster: Cluster, member: number): readonly number[] {
  const group = cluster.members[member]?.replicationGroup;
  if (group === undefined) return [member];
  return members(layout).filter((other) => cluster.members[other]?.replicationGroup === group);
}

/** True for the first of a group: what is said of a group is said once. */
function isFirstOf(holders: readonly number[], member: number, cluster: Cluster): boolean {
  return holders[0] === member || cluster.members[holders[0] ?? member]?.parameters.route === undefined;
}

function oneGroup(group: readonly (Member | undefined)[]): boolean {
  const names = new Set(group.map((member) => member?.replicationGroup));
  return names.size === 1 && !names.has(undefined);
}

function allOf(indexes: readonly number[]): Sentence {
  return joined(
    indexes.map((member) => [named(member)]),
    ", ",
  );
}
