import type { Pointer } from "../vocabulary/problem.js";
import type { SearchEvent } from "./search/machine.js";
import type { Sentence } from "./sentence.js";

/** How a promise is broken, members by index: the same for every cluster of a shape. */
export interface Breach {
  /** The last one is the offending request. */
  readonly events: readonly SearchEvent[];
  /** What happens, and which setting is at fault. */
  readonly why: Sentence;
  /** False when it comes only if a race inside httpd ends one of its ways. */
  readonly sure: boolean;
  /** True when no shorter one exists. */
  readonly shortest: boolean;
  /** The part of the cluster at fault. */
  readonly at: Pointer;
}
