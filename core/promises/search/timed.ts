import { CONDITION } from "./condition.js";
import { FastRequest, conditionIn } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { startRow } from "./row-change.js";
import type { ReturnClock } from "./row-change.js";
import { scheduleWaits, withWaits } from "./schedule.js";
import type { TimeSpan } from "./schedule.js";

/** An error under way: how many waits had passed when it was marked. */
type Marks = (number | undefined)[];

/**
 * The same events with waits of such lengths that exactly what is meant to end does end; undefined when no lengths do
 * that. Races inside requests are taken not to matter for who is in error afterwards.
 *
 * @param clock - the clock that some wait lets ring
 */
export function timed(
  layout: SearchLayout,
  events: readonly SearchEvent[],
  clock?: ReturnClock,
): readonly SearchEvent[] | undefined {
  if (!events.some(({ kind }) => kind === "wait")) return events;
  const log = new ErrorLog(layout, clock);
  for (const event of events) log.play(event);
  const lengths = scheduleWaits(log.waits, log.close());
  return lengths === undefined ? undefined : withWaits(events, lengths);
}

/** Plays events and writes down which errors lasted from when to when, and when the clock ran. */
class ErrorLog {
  waits = 0;
  readonly #layout: SearchLayout;
  readonly #clock: ReturnClock | undefined;
  readonly #request: FastRequest;
  readonly #row: Row;
  readonly #marks: Marks;
  readonly #spans: TimeSpan[] = [];
  #back = 0;

  constructor(layout: SearchLayout, clock: ReturnClock | undefined) {
    this.#layout = layout;
    this.#clock = clock;
    this.#request = new FastRequest(layout);
    this.#row = startRow(layout);
    this.#marks = layout.members.map(() => undefined);
  }

  play(event: SearchEvent): void {
    const row = this.#row;
    const clocked = this.#clock?.member;
    const wasIn = clocked !== undefined && isIn(row, clocked);
    switch (event.kind) {
      case "request":
        this.#serve(event.route);
        break;
      case "wait":
        this.waits++;
        for (const member of event.ends ?? []) {
          this.#finish(member, { endedBy: this.waits });
          row[member] = (row[member] as number) & ~CONDITION.error;
        }
        if (event.rings === true) {
          this.#spans.push({
            from: this.#back,
            endedBy: this.waits,
            lasts: this.#clock?.milliseconds ?? 0,
            exact: true,
          });
        }
        break;
      case "stop":
      case "start":
        row[event.member] = (row[event.member] as number) ^ CONDITION.down;
        break;
      case "set":
        row[event.member] =
          (row[event.member] as number) ^ (event.action === "drain" ? CONDITION.draining : CONDITION.out);
        break;
      case "restart":
        this.#layout.members.forEach(({ condition }, m) => {
          this.#finish(m, {});
          row[m] = condition | ((row[m] as number) & CONDITION.down);
          row[this.#layout.members.length + m] = 0;
        });
    }
    if (clocked !== undefined && !wasIn && isIn(row, clocked)) this.#back = this.waits;
  }

  /** Ends the record; errors still there have outlasted everything. */
  close(): readonly TimeSpan[] {
    this.#layout.members.forEach((_, member) => {
      this.#finish(member, {});
    });
    return this.#spans;
  }

  #serve(route: string | undefined): void {
    const row = this.#row;
    const before = row.slice();
    const { tried } = this.#request.serveAloud(row, route);
    this.#layout.members.forEach((_, m) => {
      if (isInError(before, m) && (!isInError(row, m) || tried.includes(m))) this.#finish(m, {});
      if (isInError(row, m)) this.#marks[m] ??= this.waits;
      row[m] = conditionIn(row, m);
    });
  }

  #finish(member: number, end: Pick<TimeSpan, "endedBy">): void {
    const from = this.#marks[member];
    if (from === undefined) return;
    const last = end.endedBy === undefined ? this.waits : end.endedBy - 1;
    const lasts = this.#layout.members[member]?.retry ?? 0;
    this.#spans.push({ from, ...end, ...(last > from && { outlasted: last }), lasts });
    this.#marks[member] = undefined;
  }
}

function isInError(row: Row, member: number): boolean {
  return (conditionIn(row, member) & CONDITION.error) !== 0;
}

function isIn(row: Row, member: number): boolean {
  return ((row[member] as number) & (CONDITION.down | CONDITION.out | CONDITION.draining)) === 0;
}
