import type { Breach } from "./breach.js";
import type { Mend } from "./mend.js";
import type { Proof } from "./verdict.js";

/**
 * How far an answer reaches: `holds` is complete for what docs/promises.md says the promise quantifies over; `bounded`
 * says that no scenario of up to {@link PromiseFinding.depth} events breaks it; `unjudged` says neither, and why.
 */
export type VerdictWord = "holds" | "bounded" | "unjudged" | "broken";

/** Verdicts, the worst first. */
export const VERDICT_RANKS: Readonly<Record<VerdictWord, number>> = { broken: 0, unjudged: 1, bounded: 2, holds: 3 };

/** What checking a promise came to, told of members by index: it is true of every cluster of the same shape. */
export interface PromiseFinding {
  readonly verdict: VerdictWord;
  /** States looked at. */
  readonly states: number;
  /** How it was proven, when it holds. */
  readonly proof?: Proof;
  /** Nothing breaks it within so many events; longer scenarios were not all looked at. */
  readonly depth?: number;
  /** Bytes the search took. */
  readonly bytes?: number;
  /** A scenario that breaks it. */
  readonly breach?: Breach;
  /** A shorter scenario that may break it, when a race inside httpd ends one of its ways. */
  readonly race?: Breach;
  /** The smallest changes after which it holds, each checked. */
  readonly mends?: readonly Mend[];
  /** What else there is to say; why, of what is not judged. */
  readonly note?: string;
}
