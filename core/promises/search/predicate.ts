import { ADMINISTRATIVE, CONDITION } from "./condition.js";
import type { SearchLimits } from "./classes.js";
import { ExactMachine, startRow } from "./exact-machine.js";
import type { Served } from "./exact-machine.js";
import { dateErrors } from "./epochs.js";
import { ExactRequest } from "./exact-request.js";
import type { Row } from "./exact-request.js";
import { needsModel } from "./layout.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { searchShortest } from "./shortest.js";
import { timed } from "./timed.js";

/** What a search for an event of one kind may use. */
export interface PredicateSearch {
  readonly limits: SearchLimits;
  /** True for the request looked for; with `races`, for one that may become it. */
  readonly breaks: (served: Served, races: boolean) => boolean;
  /** A wait right before the last request, which `breaks` takes to have been. @default - none */
  readonly pause?: Pause;
  /** Lower bound of the events from a row to the request looked for; one event lowers it by 1 at most. @default - 1 */
  readonly distance?: (row: Row) => number;
  /** Scenarios to fall back on, most promising first, where there are too many states; each is carried out and judged. */
  readonly plans?: () => Iterable<readonly SearchEvent[]>;
  /** Members that nothing happens to. @default - none */
  readonly untouched?: readonly number[];
  /** Routes of sessions to try besides requests without one. @default - none */
  readonly routes?: readonly string[];
}

/** A wait of at least some milliseconds, and the members whose errors it ends, asked when a request was found. */
export interface Pause {
  readonly milliseconds: number;
  readonly ends: () => readonly number[];
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
 * without waits (but the pause) before one that needs them. Layouts that only the model knows are searched as if nothing
 * happened by itself.
 */
export function findRequest(layout: SearchLayout, search: PredicateSearch): RequestFound {
  const races = layout.members.some(({ retry }) => retry === 0);
  const ways = [{ races: false }, ...(races ? [{ races }] : [])].flatMap((way) => [
    { ...way, waits: false },
    ...(needsModel(layout) ? [] : [{ ...way, waits: true }]),
  ]);
  let states = 0;
  let depth: number | undefined;
  for (const way of ways) {
    const result = searched(layout, search, way);
    states += result.states;
    if (result.kind === "found") return { ...result, states };
    // Without races fewer events are possible: that such a search ends says nothing where there are races.
    if (way.races === races) depth = result.kind === "bounded" ? result.depth : undefined;
  }
  if (depth === undefined) return { kind: "closed", states };
  for (const events of search.plans?.() ?? []) {
    const timely = carriedOut(layout, events, search) ? paused(layout, events, search.pause) : undefined;
    if (timely !== undefined) return { kind: "found", events: timely, sure: true, shortest: false, states };
  }
  return { kind: "bounded", depth, states };
}

interface Way {
  readonly races: boolean;
  readonly waits: boolean;
}

function searched(layout: SearchLayout, search: PredicateSearch, { races, waits }: Way): RequestFound {
  const { limits, breaks, distance = () => 1, routes = [], untouched, pause } = search;
  const machine = new ExactMachine(layout, {
    limits,
    breaks: (served) => breaks(served, races),
    distance,
    races,
    waits,
    mostStates: Math.min(MOST_STATES, Math.ceil(MOST_CELLS / (2 * layout.members.length))),
    routes,
    ...(untouched && { untouched }),
  });
  const result = searchShortest(machine);
  const { states } = result;
  if (result.kind !== "found") return { ...result, states };
  const events = paused(layout, result.events, pause);
  if (events === undefined) return { kind: "bounded", depth: result.events.length - 1, states };
  return { kind: "found", events, sure: !races, shortest: true, states };
}

/** The events with the pause before the last and all waits timed; undefined when no times fit. */
function paused(
  layout: SearchLayout,
  events: readonly SearchEvent[],
  pause: Pause | undefined,
): readonly SearchEvent[] | undefined {
  const wait: readonly SearchEvent[] =
    pause === undefined ? [] : [{ kind: "wait", milliseconds: pause.milliseconds, ends: pause.ends() }];
  const waited = [...events.slice(0, -1), ...wait, ...events.slice(-1)];
  return needsModel(layout) ? waited : timed(layout, waited, pause?.milliseconds);
}

/** True when the last event of a plan is the request looked for. */
function carriedOut(
  layout: SearchLayout,
  events: readonly SearchEvent[],
  { breaks, limits }: PredicateSearch,
): boolean {
  const request = new ExactRequest(layout);
  const row = startRow(layout);
  let downs = 0;
  let isFound = false;
  for (const event of events) {
    if (event.kind === "stop" || event.kind === "start") {
      row[event.member] = (row[event.member] as number) ^ CONDITION.down;
      downs += event.kind === "stop" ? 1 : -1;
    }
    if (downs > limits.failures) return false;
    if (event.kind !== "request") continue;
    const before = row.slice();
    const answer = request.serve(row, event.route);
    dateErrors(before, row);
    isFound = request.races === 0 && breaks({ before, after: row, route: event.route, answer }, false);
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
