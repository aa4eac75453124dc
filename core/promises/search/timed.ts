import { CONDITION } from "./condition.js";
import { startRow } from "./exact-machine.js";
import { conditionIn, ExactRequest } from "./exact-request.js";
import type { Row } from "./exact-request.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { scheduleWaits, withWaits } from "./schedule.js";
import type { ErrorSpan } from "./schedule.js";

/** An error under way: how many waits had passed when it was marked. */
type Marks = (number | undefined)[];

/**
 * The same events with waits of such lengths that exactly the errors meant to end do end; undefined when no lengths do
 * that. Races inside requests are taken not to matter for who is in error afterwards.
 *
 * @param least - milliseconds the last wait takes at least
 */
export function timed(
  layout: SearchLayout,
  events: readonly SearchEvent[],
  least = 0,
): readonly SearchEvent[] | undefined {
  if (!events.some(({ kind }) => kind === "wait")) return events;
  const log = new ErrorLog(layout);
  for (const event of events) log.play(event);
  const lengths = scheduleWaits(log.waits, log.close(), least);
  return lengths === undefined ? undefined : withWaits(events, lengths);
}

/** Plays events and writes down which errors lasted from when to when. */
class ErrorLog {
  waits = 0;
  readonly #layout: SearchLayout;
  readonly #request: ExactRequest;
  readonly #row: Row;
  readonly #marks: Marks;
  readonly #spans: ErrorSpan[] = [];

  constructor(layout: SearchLayout) {
    this.#layout = layout;
    this.#request = new ExactRequest(layout);
    this.#row = startRow(layout);
    this.#marks = layout.members.map(() => undefined);
  }

  play(event: SearchEvent): void {
    const row = this.#row;
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
  }

  /** Ends the record; errors still there have outlasted everything. */
  close(): readonly ErrorSpan[] {
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

  #finish(member: number, end: Pick<ErrorSpan, "endedBy">): void {
    const from = this.#marks[member];
    if (from === undefined) return;
    const last = end.endedBy === undefined ? this.waits : end.endedBy - 1;
    const retry = this.#layout.members[member]?.retry ?? 0;
    this.#spans.push({ from, ...end, ...(last > from && { outlasted: last }), retry });
    this.#marks[member] = undefined;
  }
}

function isInError(row: Row, member: number): boolean {
  return (conditionIn(row, member) & CONDITION.error) !== 0;
}
