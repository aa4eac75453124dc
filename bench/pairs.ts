import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The built program, as it is shipped. */
export const PROGRAM = join(__dirname, "../dist/cli/main.js");

/** Two measurements of one kind, taken one after the other so that both meet the same machine. */
export interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

/** The value in the middle; of an even count the upper of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Measures both sides in turns, the order swapped each time, and takes the median of the ratios and of each side.
 * One round in front is not counted: it fills the caches of the disk and of the compiler.
 */
export function measurePairs(
  ours: () => number,
  theirs: () => number,
  rounds: number,
): Pair & { readonly ratio: number } {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round++) {
    const first = round % 2 === 0 ? ours() : theirs();
    const second = round % 2 === 0 ? theirs() : ours();
    const pair = round % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first };
    if (round > 0) pairs.push(pair);
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
    ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
  };
}

/** Seconds of a call. */
export function secondsOf(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Seconds of a whole process; throws when it ends with another status than one of `statuses`. */
export function processSeconds(program: string, words: readonly string[], statuses: readonly number[] = [0]): number {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(program, words, { stdio: "ignore" });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (!statuses.includes(status ?? -1)) throw new Error(`${program} ${words.join(" ")} ended with ${status}`);
  return seconds;
}

/** Seconds of one run of the built program. */
export function programSeconds(words: readonly string[], statuses?: readonly number[]): number {
  return processSeconds(process.execPath, [PROGRAM, ...words], statuses);
}

/** Prints a figure beside its bar; a figure over the bar makes the bench end with status 1. */
export function judge(name: string, figure: number, bar: number, remark = ""): void {
  const over = !(figure <= bar);
  if (over) process.exitCode = 1;
  const rest = remark === "" ? "" : ` ${remark}`;
  console.log(`${over ? "OVER " : "ok   "}${name}: ${figure.toFixed(2)} (bar ${bar.toFixed(2)})${rest}`);
}
