/** One thing that was found to differ, ready to be a fixture. */
export interface Find {
  /** Number of the case: with the seed it makes it again. */
  readonly place: number;
  readonly fixture: unknown;
}

/** What an attack came to. */
export interface Attacked {
  /** How many cases ended how. */
  readonly counts: ReadonlyMap<string, number>;
  readonly finds: readonly Find[];
}

/** Plays cases of a seed until a moment, in milliseconds of the clock. */
export type Attack = (seed: number, until: number) => Promise<Attacked>;
