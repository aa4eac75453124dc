import { ADMINISTRATIVE, CONDITION } from "./condition.js";
import type { SearchLimits } from "./classes.js";
import { dateErrors } from "./error-epochs.js";
import { FastMachine } from "./fast-machine.js";
import type { Served } from "./fast-machine.js";
import { FastRequest } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { changeRow, startRow } from "./row-change.js";
import type { ReturnClock } from "./row-change.js";
import { searchShortest } from "./shortest.js";
import type { SearchEffort } from "./shortest.js";
import { timed } from "./timed.js";

/** What a search for a request of one kind may use. */
export interface PredicateSearch extends SearchEffort {
  readonly limits: SearchLimits;
  /** True for the request looked for. */
  readonly breaks: (served: Served) => boolean;
  /** A clock that runs while one member is back, for `breaks` to look at. @default - none */
  readonly clock?: ReturnClock;
  /** Lower bound of the events from a row to the request looked for; one event lowers it by 1 at most. @default - 1 */
  readonly distance?: (row: Row) => number;
  /** Scenarios to fall back on, most promising first, where there are too many states; each is carried out and judged. */
  readonly plans?: () => Iterable<readonly SearchEvent[]>;
}

/** What such a search came to. */
export type RequestFound =
  | {
      readonly kind: "found";
      readonly events: readonly SearchEvent[];
      /** False when races inside httpd can end so that it is another request after all. */
      readonly sure: boolean;
      readonly shortest: boolean;
      readonly states: number;
    }
  /** No scenario ends in such a request. */
  | { readonly kind: "closed"; readonly states: number }
  /** None of up to `depth` events does. */
  | { readonly kind: "bounded"; readonly depth: number; readonly states: number };

/** Most states of such a search. */
const MOST_STATES = 40_000;

/** Most integers its states may take together. */
const MOST_CELLS = 1_000_000;

/**
 * A shortest scenario whose last request is the one looked for: one that is sure before one that only may come, and one
 * without waits before one that needs them. For layouts that the fast machine knows; it is `closed` only when every
 * scenario of stops, starts, waits, requests of every session and operators' actions was looked at.
 */
export function findRequest(layout: SearchLayout, search: PredicateSearch): RequestFound {
  const races = layout.members.some(({ retry }) => retry === 0);
  const ways = [{ races: false }, ...(races ? [{ races }] : [])].flatMap((way) => [
    ...(search.clock === undefined ? [{ ...way, waits: false }] : []),
    { ...way, waits: true },
  ]);
  let states = 0;
  let depth: number | undefined;
  for (const way of ways) {
    const result = searched(layout, search, way);
    states += result.states;
    if (result.kind === "found") return { ...result, states };
    // Without races or waits fewer events are possible: that such a search ends says nothing where there are any.
    if (way.races === races && way.waits) depth = result.kind === "bounded" ? result.depth : undefined;
  }
  if (depth === undefined) return { kind: "closed", states };
  for (const events of search.plans?.() ?? []) {
    const timely = carriedOut(layout, events, search) ? timed(layout, events, search.clock) : undefined;
    if (timely !== undefined) return { kind: "found", events: timely, sure: true, shortest: false, states };
  }
  return { kind: "bounded", depth, states };
}

interface Way {
  readonly races: boolean;
  readonly waits: boolean;
}

function searched(layout: SearchLayout, search: PredicateSearch, { races, waits }: Way): RequestFound {
  const { limits, breaks, distance = () => 1, clock, mostStates = MOST_STATES } = search;
  const machine = new FastMachine(layout, {
    limits,
    breaks,
    distance,
    races,
    waits,
    mostStates: Math.min(mostStates, Math.ceil(MOST_CELLS / (2 * layout.members.length))),
    ...(clock && { clock }),
  });
  const result = searchShortest(machine, search);
  const { states } = result;
  if (result.kind !== "found") return { ...result, states };
  const events = timed(layout, result.events, clock);
  if (events === undefined) return { kind: "bounded", depth: result.events.length - 1, states };
  return { kind: "found", events, sure: !races, shortest: result.shortest, states };
}

/** True when the last event of a plan is the request looked for. */
function carriedOut(
  layout: SearchLayout,
  events: readonly SearchEvent[],
  { breaks, limits, clock }: PredicateSearch,
): boolean {
  const request = new FastRequest(layout);
  const row = startRow(layout, clock);
  let downs = 0;
  let isFound = false;
  for (const event of events) {
    if (event.kind === "stop" || event.kind === "start") downs += event.kind === "stop" ? 1 : -1;
    if (downs > limits.failures) return false;
    if (event.kind !== "request") {
      changeRow(row, event, layout, clock);
      continue;
    }
    const before = row.slice();
    const answer = request.serve(row, event.route);
    dateErrors(before, row);
    isFound = request.races === 0 && breaks({ before, after: row, route: event.route, answer });
  }
  return isFound;
}

/** Members that have to be stopped before a standby of a set can answer: those of the set and before it that can. */
export function obstacles(layout: SearchLayout, lbset: number, without: number): (row: Row) => number {
  const members = layout.members.flatMap((member, m) =>
    member.place === "active" && member.lbset <= lbset && m !== without ? [m] : [],
  );
  const stops = CONDITION.down | CONDITION.error | CONDITION.failed | ADMINISTRATIVE;
  return (row) => members.reduce((count, m) => count + Number(((row[m] as number) & stops) === 0), 0);
}
