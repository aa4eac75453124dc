import { CONDITION } from "./condition.js";
import type { MemberClass } from "./classes.js";

/**
 * Every way the members of one class can be spread over their conditions, numbered; and what the spread numbers need
 * of a number, as tables.
 */
export interface SpreadTable {
  /** Number of spreads. */
  readonly size: number;
  /** Members of spread `s` in condition `c`: `counts[s * conditions + c]`. */
  readonly counts: Uint16Array;
  /** Members down in each spread. */
  readonly downs: Uint16Array;
  /** The spread after one member went from one condition to another, -1 where there is none. */
  move(spread: number, from: number, to: number): number;
  /** Number of the spread with these counts, -1 where there is none. */
  find(counts: ArrayLike<number>): number;
}

/** Spreads of a class with at most `failures` members down; undefined when there are more than `most`. */
export function spreadTable(group: MemberClass, failures: number, most: number): SpreadTable | undefined {
  const { conditions } = group;
  const width = conditions.length;
  const rows: number[][] = [];
  if (rowsOf(group, failures) > most) return undefined;
  fill(rows, group, failures);
  const counts = new Uint16Array(rows.length * width);
  const downs = new Uint16Array(rows.length);
  const numbers = new Map<string, number>();
  rows.forEach((row, spread) => {
    counts.set(row, spread * width);
    downs[spread] = sum(row.filter((_, c) => isDown(conditions[c])));
    numbers.set(row.join(), spread);
  });
  const find = (wanted: ArrayLike<number>): number => numbers.get(Array.from(wanted).join(",")) ?? -1;
  const moves = new Int32Array(rows.length * width * width).fill(-1);
  rows.forEach((row, spread) => {
    for (let from = 0; from < width; from++) {
      for (let to = 0; to < width; to++) {
        if (from === to || (row[from] ?? 0) === 0) continue;
        const moved = row.map((count, c) => count - Number(c === from) + Number(c === to));
        moves[(spread * width + from) * width + to] = find(moved);
      }
    }
  });
  return {
    size: rows.length,
    counts,
    downs,
    move: (spread, from, to) => moves[(spread * width + from) * width + to] ?? -1,
    find,
  };
}

/** Lists all rows of counts. */
function fill(rows: number[][], group: MemberClass, failures: number): void {
  const { conditions, members } = group;
  const row: number[] = conditions.map(() => 0);
  const place = (condition: number, left: number, downsLeft: number): void => {
    const mayFall = isDown(conditions[condition]);
    if (condition === conditions.length - 1) {
      if (mayFall && left > downsLeft) return;
      row[condition] = left;
      rows.push([...row]);
      return;
    }
    for (let count = 0; count <= (mayFall ? Math.min(left, downsLeft) : left); count++) {
      row[condition] = count;
      place(condition + 1, left - count, mayFall ? downsLeft - count : downsLeft);
    }
  };
  place(0, members.length, failures);
}

/** How many rows there are: for each number of members down, the ways to spread these and the ways to spread the rest. */
function rowsOf({ conditions, members }: MemberClass, failures: number): number {
  const down = conditions.filter(isDown).length;
  const up = conditions.length - down;
  let rows = 0;
  for (let downs = 0; downs <= Math.min(failures, members.length); downs++) {
    rows += waysToSpread(downs, down) * waysToSpread(members.length - downs, up);
  }
  return rows;
}

/** Ways to spread like things over places: n + k - 1 over k - 1. */
function waysToSpread(things: number, places: number): number {
  if (places === 0) return things === 0 ? 1 : 0;
  let ways = 1;
  for (let k = 1; k < places; k++) ways = (ways * (things + k)) / k;
  return ways;
}

function isDown(condition: number | undefined): boolean {
  return ((condition ?? 0) & CONDITION.down) !== 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
