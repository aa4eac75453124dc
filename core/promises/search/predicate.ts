import type { SearchLimits } from "./classes.js";
import { ExactMachine } from "./exact-machine.js";
import type { Served } from "./exact-machine.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";
import { searchShortest } from "./shortest.js";

/** What a search for an event of one kind may use. */
export interface PredicateSearch {
  readonly limits: SearchLimits;
  /** True for the request looked for. */
  readonly breaks: (served: Served) => boolean;
  /** Members that nothing happens to. @default - none */
  readonly untouched?: readonly number[];
  /** Routes of sessions to try besides requests without one. @default - none */
  readonly routes?: readonly string[];
}

/** Most states of such a search. */
const MOST_STATES = 40_000;

/**
 * A shortest scenario without waits whose last request is the one looked for; undefined where none was found. Layouts
 * that only the model knows are searched as if nothing happened by itself.
 */
export function findRequest(layout: SearchLayout, search: PredicateSearch): readonly SearchEvent[] | undefined {
  const machine = new ExactMachine(layout, {
    limits: search.limits,
    breaks: search.breaks,
    distance: () => 1,
    races: true,
    waits: false,
    mostStates: MOST_STATES,
    routes: search.routes ?? [],
    ...(search.untouched && { untouched: search.untouched }),
  });
  const result = searchShortest(machine);
  return result.kind === "found" ? result.events : undefined;
}
