import { CONDITION } from "./condition.js";
import { CLOCK, numberEpochs, passPause, setClock, startClock } from "./error-epochs.js";
import { rowWidth } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";

const { down, out, draining } = CONDITION;

/** A clock that starts when a member accepts connections and is in service again, and rings after a time. */
export interface ReturnClock {
  readonly member: number;
  readonly milliseconds: number;
  /** How it stands at the start: rung where having been up from the start on counts as being back. */
  readonly start: typeof CLOCK.off | typeof CLOCK.rung;
}

/** The row httpd starts with: everybody up, counters at 0. */
export function startRow(layout: SearchLayout, clock?: ReturnClock): Row {
  const row = new Int32Array(rowWidth(layout.members.length));
  layout.members.forEach(({ condition }, m) => {
    row[m] = condition;
  });
  if (clock !== undefined) setClock(row, clock.start);
  return row;
}

/** What an event other than a request does to a row whose errors are dated by epochs. */
export function changeRow(
  row: Row,
  event: Exclude<SearchEvent, { readonly kind: "request" }>,
  layout: SearchLayout,
  clock?: ReturnClock,
): void {
  const wasIn = clock !== undefined && isIn(row, clock.member);
  switch (event.kind) {
    case "stop":
    case "start":
      row[event.member] = (row[event.member] as number) ^ down;
      break;
    case "set":
      row[event.member] = (row[event.member] as number) ^ (event.action === "drain" ? draining : out);
      break;
    case "wait":
      passPause(layout, row, { ...event, ends: event.ends ?? [] });
      return;
    case "restart":
      restart(row, layout);
  }
  if (clock === undefined || wasIn === isIn(row, clock.member)) return;
  if (wasIn) setClock(row, CLOCK.off);
  else startClock(row);
}

/** True for a member that accepts connections and is in service. */
function isIn(row: Row, member: number): boolean {
  return ((row[member] as number) & (down | out | draining)) === 0;
}

/** After a restart no error is left; the clock of a backend runs on. */
function restart(row: Row, layout: SearchLayout): void {
  layout.members.forEach(({ condition }, m) => {
    row[m] = condition | ((row[m] as number) & down);
    row[layout.members.length + m] = 0;
  });
  numberEpochs(row);
}
