import { eachChange } from "./abstract-changes.js";
import type { Changes } from "./abstract-changes.js";

/** Distance of a state from which no violation can be reached. */
export const UNREACHABLE = 255;

/** What is known of the states that can be reached, for the way back from the violations. */
export interface ReachedStates {
  /** Number of states, reachable or not. */
  readonly size: number;
  /** 1 for the states that can be reached. */
  readonly seen: Uint8Array;
  /** States in which a request may break the promise. */
  readonly breaking: readonly number[];
  /** Pairs of before and after: requests that change the state, and restarts. */
  readonly pairs: readonly (readonly number[])[];
  readonly toggles: Changes;
  readonly expiries: Changes;
}

/**
 * The fewest events from each state to a violation: breadth-first from the violations backwards; waiting is one event
 * however many clocks run out meanwhile.
 */
export function distances({ size, seen, breaking, pairs, toggles, expiries }: ReachedStates): Uint8Array {
  const distance = new Uint8Array(size).fill(UNREACHABLE);
  const waited = new Uint8Array(size);
  const before = pairs.map((each) => predecessors(each, size));
  let level: number[] = [...breaking];
  for (const state of level) distance[state] = 1;
  for (let cost = 2; level.length > 0 && cost < UNREACHABLE; cost++) {
    const next: number[] = [];
    const visit = (state: number): void => {
      if (seen[state] !== 1 || distance[state] !== UNREACHABLE) return;
      distance[state] = cost;
      next.push(state);
    };
    for (const state of level) {
      eachChange(toggles, "back", state, visit);
      for (const each of before) each(state, visit);
    }
    const flood = [...level];
    const wait = (earlier: number): void => {
      if (waited[earlier] === 1) return;
      waited[earlier] = 1;
      visit(earlier);
      flood.push(earlier);
    };
    for (let state = flood.pop(); state !== undefined; state = flood.pop()) eachChange(expiries, "back", state, wait);
    level = next;
  }
  return distance;
}

/** Visits the states that lead to a state; the pairs are sorted by where they lead, by counting. */
function predecessors(
  pairs: readonly number[],
  size: number,
): (state: number, visit: (before: number) => void) => void {
  const ends = new Int32Array(size + 1);
  for (let k = 1; k < pairs.length; k += 2) ends[pairs[k] as number] = (ends[pairs[k] as number] as number) + 1;
  for (let state = 1; state <= size; state++) ends[state] = (ends[state] as number) + (ends[state - 1] as number);
  const sources = new Int32Array(pairs.length / 2);
  const places = ends.slice();
  for (let k = 0; k < pairs.length; k += 2) {
    const to = pairs[k + 1] as number;
    const place = (places[to] as number) - 1;
    places[to] = place;
    sources[place] = pairs[k] as number;
  }
  return (state, visit) => {
    const end = ends[state] as number;
    for (let k = state === 0 ? 0 : (ends[state - 1] as number); k < end; k++) visit(sources[k] as number);
  };
}
