import { CONDITION } from "./condition.js";
import type { SearchLimits } from "./classes.js";
import { cell, conditionIn, FastRequest, membersIn, OWN_ERROR, remainingIn, rowWidth } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import { choicesOf, dateErrors } from "./error-epochs.js";
import { routesOf } from "./layout.js";
import type { SearchLayout } from "./layout.js";
import type { Machine, SearchEvent, Visitor } from "./machine.js";
import { everyEnd } from "./race-ends.js";
import { changeRow, startRow } from "./row-change.js";
import type { ReturnClock } from "./row-change.js";
import { RowPool } from "./row-pool.js";

const { down, error, out, draining } = CONDITION;

/** How much longer than the retry time a wait is, in milliseconds: enough for a real clock. */
export const WAIT_MARGIN = 100;

/** Ways of requests that may be followed for each state that may be kept: where httpd races with itself there are many. */
const WAYS_PER_STATE = 10;

/** Most members in error of which every choice is followed. */
const MOST_CHOICES = 8;

/** What one request came to. */
export interface Served {
  readonly before: Row;
  readonly after: Row;
  readonly route: string | undefined;
  /** Member that answered, or `OWN_ERROR`. */
  readonly answer: number;
}

/** What a search over the exact machine looks for and how. */
export interface MachineSearch {
  readonly limits: SearchLimits;
  /** True when a request breaks the promise. */
  readonly breaks: (served: Served) => boolean;
  /** Lower bound of the events to a violation from a row. */
  readonly distance: (row: Row) => number;
  /** True to count what a race may bring; false for requests that end the same way however their races end. */
  readonly races: boolean;
  /** A clock that runs while one member is back. @default - none */
  readonly clock?: ReturnClock;
  /** False to leave out waiting. @default true */
  readonly waits?: boolean;
  readonly mostStates: number;
  /** Members that nothing happens to. @default - none */
  readonly untouched?: readonly number[];
  /** Routes of sessions to try besides requests without one. @default - every route */
  readonly routes?: readonly string[];
}

/** The exact state space of one cluster: conditions, retry clocks and counters of every member. */
export class FastMachine implements Machine {
  readonly start: number;
  readonly stride = 512;
  readonly #layout: SearchLayout;
  readonly #search: MachineSearch;
  readonly #request: FastRequest;
  readonly #pool: RowPool;
  readonly #row: Row;
  readonly #next: Row;
  readonly #sessions: readonly (string | undefined)[];
  readonly #touchable: readonly boolean[];
  #served = 0;
  #omitted = false;

  constructor(layout: SearchLayout, search: MachineSearch) {
    const n = layout.members.length;
    this.#layout = layout;
    this.#search = search;
    this.#request = new FastRequest(layout);
    this.#pool = new RowPool(rowWidth(n), search.mostStates);
    this.#row = new Int32Array(rowWidth(n));
    this.#next = new Int32Array(rowWidth(n));
    this.#sessions = [undefined, ...(search.routes ?? routesOf(layout))];
    const managed = (search.limits.actions ?? []).some((action) => action !== "restart");
    const sticky = this.#sessions.length > 1;
    this.#touchable = layout.members.map(
      ({ condition, route }, member) =>
        search.untouched?.includes(member) !== true &&
        (managed || ((condition & out) === 0 && ((condition & draining) === 0 || (sticky && route !== "")))),
    );
    this.start = this.#pool.intern(startRow(layout, search.clock));
  }

  get size(): number {
    return this.#pool.size;
  }

  get bytes(): number {
    return this.#pool.bytes;
  }

  /** True when the last state expanded has ways on that were left out. */
  get omitted(): boolean {
    return this.#omitted;
  }

  get full(): boolean {
    return this.#pool.full || this.#served > WAYS_PER_STATE * this.#search.mostStates;
  }

  distance(state: number): number {
    this.#pool.read(state, this.#next);
    return this.#search.distance(this.#next);
  }

  expand(state: number, visitor: Visitor): void {
    this.#omitted = false;
    this.#pool.read(state, this.#row);
    for (const route of this.#sessions) this.#serve(route, visitor);
    this.#toggle(visitor);
    if (this.#search.waits !== false) this.#wait(visitor);
    this.#manage(visitor);
  }

  #serve(route: string | undefined, visitor: Visitor): void {
    const event: SearchEvent = route === undefined ? { kind: "request" } : { kind: "request", route };
    const outcomes = this.#outcomes(route);
    const broken = outcomes.filter(({ breaks }) => breaks).length;
    if (this.#search.races ? broken > 0 : broken === outcomes.length) visitor.broken(event);
    const states = new Set(outcomes.map(({ state }) => state));
    if (!this.#search.races && states.size > 1) return;
    for (const next of states) visitor.next(event, next);
  }

  /** Every way the races inside one request can end. */
  #outcomes(route: string | undefined): readonly { readonly breaks: boolean; readonly state: number }[] {
    const outcomes: { breaks: boolean; state: number }[] = [];
    const followed = everyEnd(this.#request, this.#row, {
      after: this.#next,
      route,
      visit: (answer) => {
        this.#served++;
        dateErrors(this.#row, this.#next);
        const breaks = this.#search.breaks({ before: this.#row, after: this.#next, route, answer });
        outcomes.push({ breaks, state: this.#pool.intern(this.#next) });
      },
    });
    if (!followed) this.#omitted = true;
    return outcomes;
  }

  #toggle(visitor: Visitor): void {
    const n = this.#layout.members.length;
    let downs = 0;
    for (let m = 0; m < n; m++) downs += (this.#row[m] as number) & down;
    for (let member = 0; member < n; member++) {
      if (this.#touchable[member] !== true) continue;
      const isDown = ((this.#row[member] as number) & down) !== 0;
      if (!isDown && downs >= this.#search.limits.failures) continue;
      this.#visit(visitor, { kind: isDown ? "start" : "stop", member });
    }
  }

  /** One wait for every choice of what ends meanwhile; `timed` finds lengths. */
  #wait(visitor: Visitor): void {
    const { choices, whole } = choicesOf(this.#layout, this.#row, MOST_CHOICES, this.#search.clock?.milliseconds);
    if (!whole) this.#omitted = true;
    for (const choice of choices) this.#visit(visitor, { kind: "wait", milliseconds: 0, ...choice });
  }

  #manage(visitor: Visitor): void {
    const { actions = [] } = this.#search.limits;
    const n = this.#layout.members.length;
    for (const action of actions) {
      if (action === "restart") {
        this.#visit(visitor, { kind: "restart" });
        continue;
      }
      const bit = action === "drain" ? draining : out;
      for (let member = 0; member < n; member++) {
        const on = ((this.#row[member] as number) & bit) === 0;
        this.#visit(visitor, { kind: "set", member, action, on });
      }
    }
  }

  #visit(visitor: Visitor, event: Exclude<SearchEvent, { readonly kind: "request" }>): void {
    this.#next.set(this.#row);
    changeRow(this.#next, event, this.#layout, this.#search.clock);
    visitor.next(event, this.#pool.intern(this.#next));
  }
}

/** Lets time pass: clocks run on, and errors whose retry time has passed are gone. */
export function elapse(row: Row, members: number, milliseconds: number): void {
  for (let m = 0; m < members; m++) {
    const condition = conditionIn(row, m);
    if ((condition & error) === 0) continue;
    const remaining = remainingIn(row, m) - milliseconds;
    row[m] = remaining < 0 ? condition & ~error : cell(condition, remaining);
  }
}

/** True when a request got httpd's own error although a member that is not administratively out accepts connections. */
export function refusedThoughServable({ after, answer }: Served): boolean {
  if (answer !== OWN_ERROR) return false;
  for (let m = 0; m < membersIn(after); m++) if (((after[m] as number) & (down | out | draining)) === 0) return true;
  return false;
}
