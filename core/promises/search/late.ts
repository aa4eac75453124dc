import { ADMINISTRATIVE, CONDITION } from "./condition.js";
import type { SearchLimits } from "./classes.js";
import { startRow } from "./exact-machine.js";
import type { Served } from "./exact-machine.js";
import { choicesOf, endErrors } from "./epochs.js";
import { conditionIn, ExactRequest } from "./exact-request.js";
import type { Row } from "./exact-request.js";
import { routesOf } from "./layout.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { everyEnd } from "./race-ends.js";

const { down, error } = CONDITION;

/** Most plain requests in a plan that waits for a member's turn. */
const MOST_TURNS = 2_000;

/** Most members in error of which every choice is looked at. */
const MOST_CHOICES = 6;

/** Most routes whose sessions a search tries. */
const MOST_ROUTES = 4;

/** A member that is up again and still in error when a time has passed. */
export interface Lateness {
  /** Who is late. */
  readonly witness: number;
  /** Members that are certainly out of error when the time has passed since. */
  readonly quick: readonly number[];
  /** What the request comes to that must not be. */
  readonly offends: (after: Row, answer: number) => boolean;
}

/** What a search for a late member looks for. */
export interface LateRequest {
  /**
   * True when the witness accepts connections, is in error before the request, and it offends although the time has
   * passed since the events before it, for a choice of errors that end meanwhile; however the races inside httpd end,
   * or, with `races`, for some end of them.
   */
  readonly breaks: (served: Served, races: boolean) => boolean;
  /** The errors that end before the request that `breaks` was last true of. */
  readonly ends: () => readonly number[];
}

/** Looks for requests that meet a late member. */
export function whenLate(layout: SearchLayout, { witness, quick, offends }: Lateness): LateRequest {
  const request = new ExactRequest(layout);
  let chosen: readonly number[] = [];
  const offending = (before: Row, ends: readonly number[], races: boolean): boolean => {
    const row = before.slice();
    endErrors(row, ends);
    const results: boolean[] = [];
    everyEnd(request, row, {
      after: row.slice(),
      visit: (answer, after) => {
        results.push(offends(after, answer));
      },
    });
    return races ? results.includes(true) : !results.includes(false);
  };
  const breaks = ({ before, route }: Served, races: boolean): boolean => {
    const condition = conditionIn(before, witness);
    if ((condition & error) === 0 || (condition & (down | ADMINISTRATIVE)) !== 0 || route !== undefined) return false;
    const least = quick.filter((m) => (conditionIn(before, m) & error) !== 0);
    const choices = choicesOf(layout, before, MOST_CHOICES).filter(
      (ends) => !ends.includes(witness) && least.every((m) => ends.includes(m)),
    );
    const found = [least, ...choices].find((ends) => offending(before, ends, races));
    if (found !== undefined) chosen = found;
    return found !== undefined;
  };
  return { breaks, ends: () => chosen };
}

/** Events until the witness is up, in error, and a request comes: no fewer are possible. */
export function eventsUntilLate(witness: number): (row: Row) => number {
  const distances = [4, 3, 1, 2];
  return (row) => distances[conditionIn(row, witness) & (down | error)] as number;
}

/** Routes of the sessions that may meet a member: all where there are few, else its own. */
export function routesAbout(layout: SearchLayout, member: number): readonly string[] {
  const routes = routesOf(layout);
  return routes.length <= MOST_ROUTES ? routes : routes.filter((route) => route === layout.members[member]?.route);
}

/**
 * Ways to put a member in error: its own session, if sessions stick; stopping whoever is tried before it; or requests
 * until it is its turn.
 */
export function plansOfError(
  layout: SearchLayout,
  { failures }: SearchLimits,
  member: number,
): readonly (readonly SearchEvent[])[] {
  if (failures === 0) return [];
  const route = layout.sticky ? (layout.members[member]?.route ?? "") : "";
  const stop: SearchEvent = { kind: "stop", member };
  const own: readonly SearchEvent[] = [stop, { kind: "request", route }];
  const plans = [...(route === "" ? [] : [own]), othersFirst(layout, failures, member), inTurn(layout, member)];
  return plans.filter((plan) => plan !== undefined).sort((a, b) => a.length - b.length);
}

function othersFirst(layout: SearchLayout, failures: number, member: number): readonly SearchEvent[] | undefined {
  const row = startRow(layout);
  row[member] = conditionIn(row, member) | down;
  const stopped: SearchEvent[] = [{ kind: "stop", member }];
  new ExactRequest(layout).serveAgainst(row, undefined, (other) => {
    if (stopped.length >= failures) return false;
    stopped.push({ kind: "stop", member: other });
    return true;
  });
  return (conditionIn(row, member) & error) === 0 ? undefined : [...stopped, { kind: "request" }];
}

function inTurn(layout: SearchLayout, member: number): readonly SearchEvent[] | undefined {
  const row = startRow(layout);
  row[member] = conditionIn(row, member) | down;
  const events: SearchEvent[] = [{ kind: "stop", member }];
  const request = new ExactRequest(layout);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    request.serve(row, undefined);
    events.push({ kind: "request" });
    if ((conditionIn(row, member) & error) !== 0) return events;
  }
  return undefined;
}

/**
 * Ends a plan: starts whoever is wanted up, then stops whoever would answer until somebody fit does, or nobody may be
 * stopped any more; then the request.
 */
export function planned(
  layout: SearchLayout,
  { failures }: SearchLimits,
  plan: readonly SearchEvent[],
  { start, fit }: { readonly start?: number; readonly fit: (answer: number) => boolean },
): readonly SearchEvent[] {
  const request = new ExactRequest(layout);
  const row = startRow(layout);
  const events = [...plan];
  if (start !== undefined) events.push({ kind: "start", member: start });
  let downs = 0;
  for (const event of events) {
    if (event.kind === "request") request.serve(row, event.route);
    if (event.kind !== "stop" && event.kind !== "start") continue;
    row[event.member] = (row[event.member] as number) ^ down;
    downs += event.kind === "stop" ? 1 : -1;
  }
  request.serveAgainst(row, undefined, (other) => {
    if (fit(other) || downs >= failures) return false;
    downs++;
    events.push({ kind: "stop", member: other });
    return true;
  });
  return [...events, { kind: "request" }];
}
