import { CONDITION } from "./search/condition.js";
import { elapse, refusedThoughServable } from "./search/fast-machine.js";
import { startRow } from "./search/row-change.js";
import { conditionIn, FastRequest } from "./search/fast-request.js";
import type { Row } from "./search/fast-request.js";
import { needsModel } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";

/** Most races of the last request whose ends are tried. */
const MOST_RACES = 8;

/** The last request of a list of events, carried out. */
export interface LastRequest {
  /** Members tried, in order. */
  readonly tried: readonly number[];
  /** True when httpd refused it although somebody could serve. */
  readonly refused: boolean;
  /** Where everything stands after it. */
  readonly row: Row;
}

/**
 * Carries events out on exact states; where races can end either way, the way that ends in a refusal. Undefined where
 * only the model knows what happens, or for events other than stops, starts, waits and requests.
 */
export function replayLast(layout: SearchLayout, events: readonly SearchEvent[]): LastRequest | undefined {
  const last = events.at(-1);
  if (needsModel(layout) || last?.kind !== "request") return undefined;
  const request = new FastRequest(layout);
  const before = startRow(layout);
  for (const event of events.slice(0, -1)) {
    if (event.kind === "request") request.serve(before, event.route);
    else if (event.kind === "wait") elapse(before, layout.members.length, event.milliseconds);
    else if (event.kind === "stop" || event.kind === "start") {
      before[event.member] = (before[event.member] as number) ^ CONDITION.down;
    } else return undefined;
  }
  let ending: LastRequest | undefined;
  for (let ends = 0; ends < 1 << MOST_RACES; ends++) {
    const row = before.slice();
    const guesses = Array.from({ length: MOST_RACES }, (_, k) => ((ends >> k) & 1) === 1);
    const { answer, tried } = request.serveAloud(row, last.route, guesses);
    const refused = refusedThoughServable({ before, after: row, route: last.route, answer });
    if (ending === undefined || refused) ending = { tried, refused, row };
    if (refused || request.races === 0) break;
  }
  return ending;
}

/** True when a member is in error in a row. */
export function inError(row: Row, member: number): boolean {
  return (conditionIn(row, member) & CONDITION.error) !== 0;
}

/** The same violation told in the order in which it is easiest to follow: every stop as late as can be. */
export function toldLate(layout: SearchLayout, events: readonly SearchEvent[]): readonly SearchEvent[] {
  if (events.length > 60 || replayLast(layout, events)?.refused !== true) return events;
  let told = events;
  for (let from = events.length - 2; from >= 0; from--) {
    const event = told[from];
    if (event?.kind !== "stop") continue;
    for (let to = told.length - 2; to > from; to--) {
      if (told.slice(from, to + 1).every(({ kind }) => kind === "stop")) break;
      const moved = [...told.slice(0, from), ...told.slice(from + 1, to + 1), event, ...told.slice(to + 1)];
      if (staysInOrder(moved) && replayLast(layout, moved)?.refused === true) {
        told = moved;
        break;
      }
    }
  }
  return told;
}

/** False when a member would be stopped twice or started while up. */
function staysInOrder(events: readonly SearchEvent[]): boolean {
  const downs = new Set<number>();
  for (const event of events) {
    if (event.kind === "stop" && downs.has(event.member)) return false;
    if (event.kind === "start" && !downs.has(event.member)) return false;
    if (event.kind === "stop") downs.add(event.member);
    if (event.kind === "start") downs.delete(event.member);
  }
  return true;
}
