import { WAIT_MARGIN } from "./exact-machine.js";
import type { SearchEvent } from "./machine.js";

/** An error that a member was in: marked at one time, and for how long it lasted. */
export interface ErrorSpan {
  /** Waits that had passed when it was marked. */
  readonly from: number;
  /** Number of the wait that ended it, from 1; undefined when no wait did. */
  readonly endedBy?: number;
  /** Number of the last wait it outlasted; undefined when no wait came in between. */
  readonly outlasted?: number;
  /** Milliseconds. */
  readonly retry: number;
}

/** `t[to] - t[from] <= most` */
interface Bound {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

/**
 * Finds lengths of waits, in milliseconds, that end exactly the errors they are meant to end; undefined when there are
 * none. The conditions are differences of times, so Bellman and Ford decide them.
 *
 * @param least - milliseconds the last wait takes at least
 */
export function scheduleWaits(waits: number, spans: readonly ErrorSpan[], least = 0): readonly number[] | undefined {
  const bounds: Bound[] = [{ from: waits, to: waits - 1, most: -least }];
  for (let wait = 1; wait <= waits; wait++) bounds.push({ from: wait, to: wait - 1, most: -2 * WAIT_MARGIN });
  for (const { from, endedBy, outlasted, retry } of spans) {
    if (endedBy !== undefined) bounds.push({ from: endedBy, to: from, most: -(retry + WAIT_MARGIN) });
    const margin = Math.min(5 * WAIT_MARGIN, retry / 2);
    if (outlasted !== undefined) bounds.push({ from, to: outlasted, most: retry - margin });
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
