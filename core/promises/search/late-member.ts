import { CONDITION } from "./condition.js";
import type { SearchLimits } from "./classes.js";
import { CLOCK, clockOf, dateErrors, membersInError } from "./error-epochs.js";
import { conditionIn, FastRequest, OWN_ERROR } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { changeRow, startRow } from "./row-change.js";
import type { ReturnClock } from "./row-change.js";

const { down, error, failed } = CONDITION;

/** Most plain requests in a plan that waits for a member's turn. */
const MOST_TURNS = 2_000;

/** True when the member whose clock it is has been back for the time. */
export function hasRung(row: Row): boolean {
  return clockOf(row) === CLOCK.rung;
}

/**
 * Events until a request can meet a member that has been back for its time; no fewer are possible.
 *
 * @param needsError - it must be in error or have failed its checks then: put there while it was down, because nothing fails
 * at a member that accepts connections
 */
export function eventsUntilBack(witness: number, needsError: boolean): (row: Row) => number {
  return (row) => {
    const condition = conditionIn(row, witness);
    const clock = clockOf(row);
    const back = clock === CLOCK.rung ? 1 : clock === CLOCK.off ? 3 : 2;
    if (!needsError || (condition & (error | failed)) !== 0) return back;
    return (condition & down) === 0 ? 5 : Math.max(back, 4);
  };
}

/** Ways to a request that meets a member which is back and still in error; each has to be carried out and judged. */
export function plansOfReturn(
  layout: SearchLayout,
  limits: SearchLimits,
  clock: ReturnClock,
  fit: (answer: number) => boolean,
): readonly (readonly SearchEvent[])[] {
  return plansOfError(layout, limits, clock.member).flatMap((plan) => {
    const play = new Play(layout, limits, clock);
    for (const event of plan) play.add(event);
    play.add({ kind: "start", member: clock.member });
    play.pause();
    return play.until(fit) ? [play.events] : [];
  });
}

/** Ways to a request that a member answers, for layouts too large to search. */
export function planOfAnswer(
  layout: SearchLayout,
  limits: SearchLimits,
  fit: (answer: number) => boolean,
  before: readonly SearchEvent[] = [],
): readonly (readonly SearchEvent[])[] {
  const play = new Play(layout, limits);
  for (const event of before) play.add(event);
  return play.until(fit) ? [play.events] : [];
}

/**
 * Ways to put a member in error: its own session, if sessions stick; stopping whoever is tried before it; or requests
 * until it is its turn.
 */
function plansOfError(
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
  new FastRequest(layout).serveAgainst(row, undefined, (other) => {
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
  const request = new FastRequest(layout);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    request.serve(row, undefined);
    events.push({ kind: "request" });
    if ((conditionIn(row, member) & error) !== 0) return events;
  }
  return undefined;
}

/** A scenario in the making. */
class Play {
  readonly events: SearchEvent[] = [];
  readonly #layout: SearchLayout;
  readonly #limits: SearchLimits;
  readonly #clock: ReturnClock | undefined;
  readonly #request: FastRequest;
  readonly #row: Row;

  constructor(layout: SearchLayout, limits: SearchLimits, clock?: ReturnClock) {
    this.#layout = layout;
    this.#limits = limits;
    this.#clock = clock;
    this.#request = new FastRequest(layout);
    this.#row = startRow(layout, clock);
  }

  add(event: SearchEvent): void {
    this.events.push(event);
    if (event.kind === "request") this.#serve(event.route);
    else changeRow(this.#row, event, this.#layout, this.#clock);
  }

  /** Waits until the clock rings, where it runs; whoever is in error for no longer is out of it then. */
  pause(): void {
    const lasts = this.#clock?.milliseconds ?? 0;
    const ends = membersInError(this.#row).filter((m) => (this.#layout.members[m]?.retry ?? 0) <= lasts);
    this.add({ kind: "wait", milliseconds: 0, ends, rings: clockOf(this.#row) > CLOCK.rung });
  }

  /** Stops whoever would answer until somebody fit does; false when that comes to nothing. */
  until(fit: (answer: number) => boolean): boolean {
    for (let round = 0; round < 3 * this.#layout.members.length + 3; round++) {
      const answer = this.#request.serve(this.#row.slice(), undefined);
      if (answer !== OWN_ERROR && !fit(answer) && !this.#stop(answer)) return false;
      this.add({ kind: "request" });
      if (fit(this.#answer)) return true;
    }
    return false;
  }

  #answer = OWN_ERROR;

  #serve(route: string | undefined): void {
    const before = this.#row.slice();
    this.#answer = this.#request.serve(this.#row, route);
    dateErrors(before, this.#row);
  }

  /** Stops a member; where no more may be down, somebody who is in error by now starts again. */
  #stop(member: number): boolean {
    const downs = this.#layout.members.flatMap((_, m) => (this.#is(m, down) ? [m] : []));
    if (downs.length >= this.#limits.failures) {
      const known = downs.find((m) => this.#is(m, error));
      if (known === undefined) return false;
      this.add({ kind: "start", member: known });
    }
    this.add({ kind: "stop", member });
    return true;
  }

  #is(member: number, bit: number): boolean {
    return (conditionIn(this.#row, member) & bit) !== 0;
  }
}
