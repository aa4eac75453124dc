import type { AbstractSpace } from "./abstract-space.js";
import { UNREACHABLE } from "./way-back.js";
import type { Axis } from "./abstract-state.js";
import { conditionIn } from "./fast-request.js";
import type { Row } from "./fast-request.js";

/** Widest table of spreads by their counts; above it the numbers are looked up as text. */
const WIDEST = 1 << 20;

/** Estimates the events from an exact row to a violation by the distance of its abstract state: never too high. */
export function abstractEstimate(space: AbstractSpace): (row: Row) => number {
  const finders = space.states.axes.map(spreadFinder);
  return (row) => {
    let state = 0;
    for (const find of finders) state += find(row);
    const distance = space.distance[state] as number;
    return distance === UNREACHABLE ? Infinity : distance;
  };
}

/** A function from a row to an axis' part of the number of its state. */
function spreadFinder(axis: Axis): (row: Row) => number {
  const { conditions, members } = axis.group;
  const { table, stride } = axis;
  const counts = new Int32Array(conditions.length);
  const position = new Int8Array(64).fill(-1);
  conditions.forEach((condition, k) => (position[condition] = k));
  const base = members.length + 1;
  const wide = base ** conditions.length;
  const numbers = wide <= WIDEST ? new Int32Array(wide).fill(-1) : undefined;
  return (row) => {
    counts.fill(0);
    for (const m of members) {
      const k = position[conditionIn(row, m)] as number;
      counts[k] = (counts[k] as number) + 1;
    }
    if (numbers === undefined) return table.find(counts) * stride;
    let key = 0;
    for (let k = 0; k < counts.length; k++) key = key * base + (counts[k] as number);
    const known = numbers[key] as number;
    if (known !== -1) return known;
    const found = table.find(counts) * stride;
    numbers[key] = found;
    return found;
  };
}
