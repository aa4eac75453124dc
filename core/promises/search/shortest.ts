import type { Machine, SearchEvent } from "./machine.js";

/** What a search came to. */
export type SearchResult =
  /** The last event breaks the promise. */
  | {
      readonly kind: "found";
      readonly events: readonly SearchEvent[];
      /** False where ways on were left out that may lead to a shorter one. */
      readonly shortest: boolean;
      readonly states: number;
      readonly bytes: number;
    }
  /** No scenario of any length breaks it. */
  | { readonly kind: "closed"; readonly states: number; readonly bytes: number }
  /** No scenario of up to `depth` events breaks it; longer ones were not all looked at. */
  | { readonly kind: "bounded"; readonly depth: number; readonly states: number; readonly bytes: number };

/** How much a search may take. */
export interface SearchEffort {
  /** Most states. @default - as many as memory bears */
  readonly mostStates?: number;
  /** Asked now and then; true ends the search, which then says how far it came. @default - never */
  readonly isOver?: () => boolean;
}

/** How a search goes about it. */
export interface SearchOptions extends Pick<SearchEffort, "isOver"> {
  /**
   * How much the estimate counts: with 1 the scenario found is a shortest one, above it the search hurries.
   *
   * @default 1
   */
  readonly hurry?: number;
  /** Called now and then with the number of states seen. */
  readonly progress?: (states: number, depth: number) => void;
}

/** Best-first search (A*) from the machine's start to an event that breaks the promise. */
export function searchShortest(machine: Machine, { hurry = 1, progress, isOver }: SearchOptions = {}): SearchResult {
  const frontier = new Frontier(machine, hurry);
  let whole = Infinity;
  frontier.reach(machine.start, 0, -1, undefined);
  for (let state = frontier.take(); state !== undefined; state = frontier.take()) {
    const depth = frontier.depth(state);
    let found: SearchEvent | undefined;
    machine.expand(state, {
      next: (event, next) => {
        frontier.reach(next, depth + 1, state, event);
      },
      broken: (event) => {
        found ??= event;
      },
    });
    if (machine.omitted) whole = Math.min(whole, depth);
    const size = { states: machine.size, bytes: machine.bytes };
    if (found !== undefined) {
      return { kind: "found", events: [...frontier.path(state), found], shortest: depth <= whole + 1, ...size };
    }
    if (machine.full || (frontier.taken % machine.stride === 0 && isOver?.() === true))
      return { kind: "bounded", depth: Math.min(whole + 1, Math.max(0, frontier.least - 1)), ...size };
    if (frontier.taken % 65_536 === 0) progress?.(machine.size, frontier.least);
  }
  const size = { states: machine.size, bytes: machine.bytes };
  // What was left out behind `whole` events begins with an event of its own and ends with a request.
  return whole === Infinity ? { kind: "closed", ...size } : { kind: "bounded", depth: whole + 1, ...size };
}

/** States by estimated length of a scenario through them; how each was reached first. */
class Frontier {
  least = 0;
  taken = 0;
  readonly #machine: Machine;
  readonly #hurry: number;
  readonly #buckets: number[][] = [];
  readonly #depths: number[] = [];
  readonly #parents: number[] = [];
  readonly #events: (SearchEvent | undefined)[] = [];
  readonly #done: boolean[] = [];

  constructor(machine: Machine, hurry: number) {
    this.#machine = machine;
    this.#hurry = hurry;
  }

  depth(state: number): number {
    return this.#depths[state] ?? Infinity;
  }

  reach(state: number, depth: number, parent: number, event: SearchEvent | undefined): void {
    if (depth >= this.depth(state)) return;
    const distance = this.#machine.distance(state);
    if (distance === Infinity) {
      this.#depths[state] = -1;
      return;
    }
    this.#depths[state] = depth;
    this.#parents[state] = parent;
    this.#events[state] = event;
    const estimate = depth + Math.ceil(distance * this.#hurry);
    (this.#buckets[estimate] ??= []).push(state);
    if (estimate < this.least) this.least = estimate;
  }

  take(): number | undefined {
    for (; this.least < this.#buckets.length; this.least++) {
      const bucket = this.#buckets[this.least];
      for (let state = bucket?.pop(); state !== undefined; state = bucket?.pop()) {
        if (this.#done[state] === true) continue;
        this.#done[state] = true;
        this.taken++;
        return state;
      }
    }
    return undefined;
  }

  path(state: number): readonly SearchEvent[] {
    const events: SearchEvent[] = [];
    for (let at = state; at !== -1; at = this.#parents[at] ?? -1) {
      const event = this.#events[at];
      if (event !== undefined) events.push(event);
    }
    return events.reverse();
  }
}
