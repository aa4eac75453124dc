/** A source of random choices that a seed repeats exactly. */
export interface Random {
  /** 0 to below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Some of the choices, at least one, in their order. */
  some<T>(choices: readonly T[]): readonly T[];
}

/** Mulberry32; the stream of every (seed, stream) pair is its own, so that a case does not depend on the others. */
export function randomOf(seed: number, stream: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)]!;
  return {
    below,
    pick,
    chance: (probability) => next() < probability,
    some: (choices) => {
      const sure = below(choices.length);
      return choices.filter((_choice, index) => index === sure || next() < 0.4);
    },
  };
}
