/** Decides what httpd leaves to chance: races, and the random draw of heartbeat. */
export interface Chance {
  /** One of `options` possibilities, from 0; the first is the likeliest. */
  choose(options: number): number;
}

/** Always the likeliest. */
export const LIKELIEST: Chance = { choose: () => 0 };

/**
 * Runs something once for every way chance can go, the likeliest first.
 *
 * @param run - must do the same whenever it is given the same choices
 * @param limit - most runs; what is beyond is left out
 */
export function everyWay<T>(run: (chance: Chance) => T, limit = 256): readonly T[] {
  const results: T[] = [];
  let prefix: readonly number[] | undefined = [];
  while (prefix !== undefined && results.length < limit) {
    const script: Script = new Script(prefix);
    results.push(run(script));
    prefix = script.next();
  }
  return results;
}

/** Follows given choices, then takes the first option everywhere, and knows the choices that come after these. */
class Script implements Chance {
  readonly #given: readonly number[];
  readonly #taken: { readonly choice: number; readonly options: number }[] = [];

  constructor(given: readonly number[]) {
    this.#given = given;
  }

  choose(options: number): number {
    const choice = this.#given[this.#taken.length] ?? 0;
    this.#taken.push({ choice, options });
    return choice;
  }

  next(): readonly number[] | undefined {
    const last = this.#taken.findLastIndex(({ choice, options }) => choice + 1 < options);
    if (last === -1) return undefined;
    return this.#taken.slice(0, last + 1).map(({ choice }, index) => (index === last ? choice + 1 : choice));
  }
}
