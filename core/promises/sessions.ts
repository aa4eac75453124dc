import { copiesHeld, holdersOf } from "../topology/session-holders.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import type { PromiseFinding } from "./finding.js";
import { reenact, stepByStep } from "./reenact.js";
import { listed, named, sentence } from "./sentence.js";
import type { Sentence } from "./sentence.js";
import { answersOf, makersOf, possibleMakers } from "./session-makers.js";
import type { Maker } from "./session-makers.js";
import { onlyHoldersAnswer, unlostSessions } from "./unlost-sessions.js";
import type { SearchLimits } from "./search/classes.js";
import { WAIT_MARGIN } from "./search/fast-machine.js";
import { OWN_ERROR } from "./search/fast-request.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { downsAfter, sessionRequest, toggles } from "./search/session-events.js";
import type { SearchEffort } from "./search/shortest.js";
import { findRequest } from "./search/predicate.js";
import type { RequestFound } from "./search/predicate.js";

/** A scenario in which a session may be lost, to be played. */
interface Suspicion {
  readonly events: readonly SearchEvent[];
  readonly why: Sentence;
  /** Below the cluster. */
  readonly at: Pointer;
}

/** Most requests in which a session that nothing ties to its member has met another one. */
const MOST_TURNS = 200;

/** Most members whose sessions are looked at one by one. */
const MOST_MAKERS = 24;

/** Most states of each search: what breaks sessions is found soon, and with sessions counters go on for ever. */
const MOST_STATES = 4_000;

/**
 * Decides `sessions`: no session is lost while up to so many members fail, and none is left behind on a standby.
 *
 * A member has a session from the first request without one that it answers; copies are on its replication group. It is
 * lost when a request with it is answered by a member without a copy, when all who hold it are down at once, and when
 * `nofailover` refuses it. It is left behind when a standby goes on with it though others are back. A member that never
 * answers a request without a session has none to lose.
 *
 * What may lose one is played in the model before it is said to. That nothing does is said only where a search of all
 * scenarios finds no request that a member without a copy could answer.
 */
export function judgeSessions(
  topology: Topology,
  cluster: Cluster,
  limits: SearchLimits,
  effort: SearchEffort = {},
): PromiseFinding {
  const layout = searchLayout(topology, cluster);
  const mostStates = Math.min(MOST_STATES, effort.mostStates ?? MOST_STATES);
  const known = { mostStates, ...(effort.isOver && { isOver: effort.isOver }) };
  const answers = answersOf(layout, limits);
  const groupOf = (member: number): string => JSON.stringify(cluster.members[member]?.replicationGroup ?? null);
  const possible = possibleMakers(layout, answers, groupOf);
  const makers = makersOf(layout, limits, known, possible.slice(0, MOST_MAKERS));
  const unseen = Math.max(0, possible.length - MOST_MAKERS);
  const strangers = makers.map((maker) =>
    onlyHoldersAnswer(cluster, layout, maker, answers)
      ? { suspicions: [] }
      : strangersTo(cluster, layout, limits, maker, known),
  );
  const others = [
    ...makers.flatMap((maker) => [
      ...outages(cluster, layout, limits, maker),
      ...fewCopies(topology, cluster, layout, limits, maker),
      ...changes(layout, limits, maker),
      ...leftovers(layout, maker),
      ...wanderings(layout, maker, makers),
    ]),
    ...strangers.flatMap(({ suspicions: found }) => found),
  ].sort((a, b) => a.events.length - b.events.length);
  const searched = [...makers.map(({ result }) => result), ...strangers.flatMap(({ result }) => result ?? [])];
  const states = searched.reduce((total, result) => total + result.states, layout.members.length);
  let perhaps: Breach | undefined;
  for (const suspicion of [...strays(layout), ...others]) {
    const breach = confirmed(topology, cluster, suspicion);
    if (breach?.sure === true) return { verdict: "broken", states, breach };
    perhaps ??= breach;
  }
  if (perhaps !== undefined) return { verdict: "broken", states, breach: perhaps };
  return unlostSessions(topology, cluster, layout, limits, { makers, searched, states, strangers, answers, unseen });
}

function confirmed(topology: Topology, cluster: Cluster, { events, why, at }: Suspicion): Breach | undefined {
  const seen = reenact(topology, cluster, { id: "sessions" }, stepByStep(topology, cluster, events));
  if (seen === undefined) return undefined;
  return { events: events.slice(0, seen.steps), why, sure: seen.sighting === "broken", shortest: false, at };
}

/** With everybody up, the next requests of a session that carries no route go to whoever is next. */
function strays(layout: SearchLayout): readonly Suspicion[] {
  const untied = layout.members.findIndex(({ route }) => !layout.sticky || route === "");
  if (untied === -1 || layout.lbmethod === "heartbeat") return [];
  const cause = layout.sticky ? sentence`${named(untied)} has no route` : "no stickysession";
  const why = sentence`sessions do not stick (${cause}), and members that answer in turn do not all replicate to each other`;
  const at: Pointer = layout.sticky ? `/members${pointerStep(untied)}/parameters/route` : "/parameters/stickysession";
  return [{ events: Array.from({ length: MOST_TURNS }, () => ({ kind: "request" }) as const), why, at }];
}

/** All who hold a session are down at once; who is down besides starts again, so that somebody is left to ask. */
function outages(cluster: Cluster, layout: SearchLayout, limits: SearchLimits, maker: Maker): readonly Suspicion[] {
  const { member, making } = maker;
  const holders = holdersOf(cluster, member);
  if (holders.length > limits.failures || making.length === 0) return [];
  const stays = layout.nofailover && layout.sticky;
  const where =
    holders.length === 1
      ? "are on no other member (no replicationGroup)"
      : "are on these members only, and all of them are down";
  const downs = downsAfter(making);
  const starts = downs.filter((down) => !holders.includes(down));
  const stops = holders.filter((holder) => !downs.includes(holder));
  const back = layout.members.length === holders.length ? holders : [];
  const all = listed(holders.map((holder) => [named(holder)]));
  const events = [...making, ...toggles("start", starts), ...toggles("stop", stops), ...toggles("start", back)];
  return [
    {
      events: [...events, sessionRequest(layout, member)],
      why: sentence`sessions of ${all} ${where}${stays ? "; nofailover=On refuses them" : ""}`,
      at: `/members${pointerStep(member)}`,
    },
    {
      events: [
        ...events,
        ...toggles("start", holders),
        { kind: "wait", milliseconds: longestRetry(layout) + WAIT_MARGIN },
        sessionRequest(layout, member),
      ],
      why: sentence`sessions of ${all} ${where}: after its return it does not know them`,
      at: `/members${pointerStep(member)}`,
    },
    ...(layout.nofailover && layout.sticky && limits.failures > 0 ? [refusal(layout, maker)] : []),
  ];
}

/** As many members of a group are down at once as hold a session, its own among them: they may be those who hold it. */
function fewCopies(
  topology: Topology,
  cluster: Cluster,
  layout: SearchLayout,
  { failures }: SearchLimits,
  { member, making }: Maker,
): readonly Suspicion[] {
  const holders = holdersOf(cluster, member);
  const copies = copiesHeld(topology, cluster, member);
  if (copies >= holders.length || copies > failures || making.length === 0) return [];
  const stopped = [member, ...holders.filter((holder) => holder !== member).slice(0, copies - 1)];
  const among = listed(holders.map((holder) => [named(holder)]));
  const count = `${copies} ${copies === 1 ? "copy" : "copies"}`;
  return [
    {
      events: [
        ...making,
        ...toggles("start", downsAfter(making)),
        ...toggles("stop", stopped),
        sessionRequest(layout, member),
      ],
      why: sentence`a session of ${named(member)} has ${count} among ${among}, and those who hold it may all be down`,
      at: `/members${pointerStep(member)}`,
    },
  ];
}

/** With `nofailover` a session whose member is down is refused, copies or not. */
function refusal(layout: SearchLayout, { member, making }: Maker): Suspicion {
  return {
    events: [
      ...making,
      ...toggles("start", downsAfter(making)),
      { kind: "stop", member },
      sessionRequest(layout, member),
    ],
    why: sentence`nofailover=On refuses the sessions of ${named(member)} while it is down`,
    at: "/parameters/nofailover",
  };
}

/** An operator takes the member of a session out of service. */
function changes(layout: SearchLayout, { actions = [], failures }: SearchLimits, maker: Maker): readonly Suspicion[] {
  const { member, making } = maker;
  const at: Pointer = `/members${pointerStep(member)}`;
  const refused = layout.nofailover && layout.sticky && failures > 0 ? [refusal(layout, maker)] : [];
  if (making.length === 0) return [];
  const managed = actions
    .filter((action) => action !== "restart")
    .map((action): Suspicion => {
      const word = action === "drain" ? "drained" : "disabled";
      const where =
        layout.nofailover && layout.sticky
          ? "nofailover=On refuses its sessions"
          : "its sessions go to members without a copy";
      return {
        events: [...making, { kind: "set", member, action, on: true }, sessionRequest(layout, member)],
        why: sentence`when ${named(member)} is ${word}, ${where}`,
        at,
      };
    });
  return [...refused, ...managed];
}

/** Sessions that a standby made while the others were down, once everybody is back and every retry time has passed. */
function leftovers(layout: SearchLayout, { member, making, tied }: Maker): readonly Suspicion[] {
  const { place, route = "" } = layout.members[member] ?? {};
  if (place !== "standby" || making.length === 0) return [];
  const downs = downsAfter(making);
  const name = named(member);
  const end = tied
    ? sentence`stays on it after failback, because ${name} has a route ('${route}')`
    : sentence`is lost after failback: ${name} does not replicate to the members that serve then`;
  const wait: SearchEvent = { kind: "wait", milliseconds: longestRetry(layout) + WAIT_MARGIN };
  return [
    {
      events: [...making, ...toggles("start", downs), wait, sessionRequest(layout, member)],
      why: sentence`the session that ${name} made ${end}`,
      at: `/members${pointerStep(member)}${tied ? "/parameters/route" : ""}`,
    },
  ];
}

/** A session that nothing ties to its member goes on with whoever answers next. */
function wanderings(layout: SearchLayout, { tied, making }: Maker, makers: readonly Maker[]): readonly Suspicion[] {
  if (tied || making.length === 0) return [];
  return makers.flatMap((other): readonly Suspicion[] =>
    other.making.length === 0
      ? []
      : [
          {
            events: [...making, ...toggles("start", downsAfter(making)), ...other.making],
            why: sentence`sessions do not stick, and ${named(other.member)} holds no copy of those that others made`,
            at: layout.sticky ? `/members${pointerStep(other.member)}/parameters/route` : "/parameters/stickysession",
          },
        ],
  );
}

/** What came of looking for a member without a copy that answers a session. */
interface Strangers {
  /** Undefined where everybody holds a copy, or nothing ties the session to its member. */
  readonly result?: RequestFound;
  readonly suspicions: readonly Suspicion[];
}

/** A session whose member is down goes to somebody who does not hold it, though others who do may be up. */
function strangersTo(
  cluster: Cluster,
  layout: SearchLayout,
  limits: SearchLimits,
  { member, tied, making }: Maker,
  effort: SearchEffort,
): Strangers {
  const holders = holdersOf(cluster, member);
  if (!tied || holders.length === layout.members.length) return { suspicions: [] };
  const route = layout.members[member]?.route ?? "";
  const result = findRequest(layout, {
    limits,
    breaks: (served) => served.route === route && served.answer !== OWN_ERROR && !holders.includes(served.answer),
    ...effort,
  });
  if (result.kind !== "found" || making.length === 0) return { result, suspicions: [] };
  const only = sentence`the session of ${named(member)} is on ${listed(holders.map((holder) => [named(holder)]))} only`;
  const why = sentence`${only}, and httpd sends it to another member: it picks by load, not by who replicates`;
  const events = [...making, ...toggles("start", downsAfter(making)), ...result.events];
  const again = [...events, ...result.events.filter(({ kind }) => kind === "request")];
  return {
    result,
    suspicions: [events, again].map((each) => ({ events: each, why, at: `/members${pointerStep(member)}` })),
  };
}

function longestRetry(layout: SearchLayout): number {
  return Math.max(0, ...layout.members.map(({ retry }) => retry));
}
