import type { SearchEvent } from "./search/machine.js";

/** A way to break a promise; its last event is the offending request. */
export interface Violation {
  readonly events: readonly SearchEvent[];
  /** False when it comes only if a race inside httpd ends one of its ways. */
  readonly sure: boolean;
  /** True when no shorter one exists. */
  readonly shortest: boolean;
  /** Where it is not known to be a shortest one: no scenario has fewer events than this. */
  readonly atLeast?: number;
}

/** How a promise was proven. */
export type Proof =
  /** From an argument that needs no states. */
  | "argument"
  /** All states of an abstraction that allows more than httpd does. */
  | "abstraction"
  /** All exact states that could lead to a violation. */
  | "search";

/** What checking a promise came to. */
export type SearchVerdict =
  | { readonly kind: "holds"; readonly proof: Proof; readonly states: number; readonly bytes?: number }
  | {
      readonly kind: "breaks";
      /** The sure one first; at least one. */
      readonly violations: readonly Violation[];
      readonly states: number;
      readonly bytes?: number;
    }
  /** No scenario of up to `depth` events breaks it; the search ended before all were looked at. */
  | { readonly kind: "bounded"; readonly depth: number; readonly states: number; readonly bytes?: number };
