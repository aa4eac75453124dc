import { WAIT_MARGIN } from "./fast-machine.js";
import type { SearchEvent } from "./machine.js";

/** Something that lasts a time from when it was marked: an error its retry time, the clock of a returned member its own. */
export interface TimeSpan {
  /** Waits that had passed when it was marked. */
  readonly from: number;
  /** Number of the wait that ended it, from 1; undefined when no wait did. */
  readonly endedBy?: number;
  /** Number of the last wait it outlasted; undefined when no wait came in between. */
  readonly outlasted?: number;
  /** Milliseconds. */
  readonly lasts: number;
  /** True for an end that needs no margin: what comes later on a real clock is as good. @default false */
  readonly exact?: boolean;
}

/** `t[to] - t[from] <= most` */
interface Bound {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

/** Milliseconds by which waits are longer than what ends in them, and shorter than what outlasts them. */
interface Margins {
  readonly over: number;
  readonly under: number;
  readonly least: number;
}

/** Enough for a real clock; less; and what the model alone can tell apart. */
const MARGINS: readonly Margins[] = [
  { over: WAIT_MARGIN, under: 5 * WAIT_MARGIN, least: 2 * WAIT_MARGIN },
  { over: 30, under: 100, least: 30 },
  { over: 0, under: 1, least: 1 },
];

/**
 * Finds lengths of waits, in milliseconds, that end exactly what they are meant to end; undefined when there are none.
 * The conditions are differences of times, so Bellman and Ford decide them. Lengths that suit a real clock are taken
 * where there are any.
 */
export function scheduleWaits(waits: number, spans: readonly TimeSpan[]): readonly number[] | undefined {
  for (const margins of MARGINS) {
    const lengths = scheduled(waits, spans, margins);
    if (lengths !== undefined) return lengths;
  }
  return undefined;
}

function scheduled(
  waits: number,
  spans: readonly TimeSpan[],
  { over, under, least }: Margins,
): readonly number[] | undefined {
  const bounds: Bound[] = [];
  for (let wait = 1; wait <= waits; wait++) bounds.push({ from: wait, to: wait - 1, most: -least });
  for (const { from, endedBy, outlasted, lasts, exact = false } of spans) {
    if (endedBy !== undefined) bounds.push({ from: endedBy, to: from, most: -(lasts + (exact ? 0 : over)) });
    if (outlasted !== undefined)
      bounds.push({ from, to: outlasted, most: lasts - Math.max(1, Math.min(under, lasts / 2)) });
  }
  // Distances from a source that reaches everything at 0 are upper ends; the earliest times are those reversed.
  const times = new Array<number>(waits + 1).fill(0);
  for (let round = 0; round <= waits + 1; round++) {
    let changed = false;
    for (const { from, to, most } of bounds) {
      // t[to] <= t[from] + most  is  t[from] >= t[to] - most
      const earliest = (times[to] ?? 0) - most;
      if (earliest <= (times[from] ?? 0)) continue;
      times[from] = earliest;
      changed = true;
    }
    if (!changed) return times.slice(1).map((time, index) => Math.ceil(time - (times[index] ?? 0)));
  }
  return undefined;
}

/** Events with the lengths of their waits filled in. */
export function withWaits(events: readonly SearchEvent[], lengths: readonly number[]): readonly SearchEvent[] {
  let next = 0;
  return events.map((event) => {
    if (event.kind !== "wait") return event;
    return { kind: "wait", milliseconds: lengths[next++] ?? event.milliseconds };
  });
}
