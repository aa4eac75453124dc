/** Numbers from 0 up to 1 that look drawn, always the same for a seed (mulberry32). */
export type Random = () => number;

/** @param seed - a whole number */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A time drawn from the exponential distribution. */
export function exponential(random: Random, mean: number): number {
  return mean === 0 ? 0 : -mean * Math.log(1 - random());
}
