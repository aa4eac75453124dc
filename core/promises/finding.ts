import type { Counterexample } from "./counterexample.js";
import type { Mend } from "./mend.js";
import type { Proof } from "./verdict.js";

/** What checking a promise came to. */
export interface Finding {
  readonly holds: boolean;
  /** States looked at. */
  readonly states: number;
  /** How it was proven, when it holds. */
  readonly proof?: Proof;
  /** Nothing breaks it within so many events; longer scenarios were not all looked at. */
  readonly depth?: number;
  /** Bytes the search took. */
  readonly bytes?: number;
  readonly counterexample?: Counterexample;
  /** A shorter scenario that may break it, when a race inside httpd ends one of its ways. */
  readonly race?: Counterexample;
  /** The smallest changes after which it holds, each checked. */
  readonly mends?: readonly Mend[];
  /** What else there is to say. */
  readonly note?: string;
}
