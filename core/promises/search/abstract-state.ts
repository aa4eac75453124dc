import { ADMINISTRATIVE, CONDITION, NOT_CANDIDATE } from "./condition.js";
import type { MemberClass } from "./classes.js";
import { spreadTable } from "./spreads.js";
import type { SpreadTable } from "./spreads.js";

const { down, error } = CONDITION;

/** One class in the product of all classes, with what the search asks about its spreads as tables. */
export interface Axis {
  readonly group: MemberClass;
  readonly table: SpreadTable;
  /** Weight of a spread's number in the number of a state. */
  readonly stride: number;
  /** 1 where every member is in error. */
  readonly allInError: Uint8Array;
  /** 1 where a member that is not administratively out accepts connections. */
  readonly eligible: Uint8Array;
  /** Members the walk could use. */
  readonly usable: Uint16Array;
  /** Members that accept connections, of those. */
  readonly usableUp: Uint16Array;
  /** Condition of the first member in each spread: of a class of one, its condition. */
  readonly sole: Uint8Array;
  /** The spread after forced recovery. */
  readonly recovered: Int32Array;
  /** Condition of members that the walk would try in vain; undefined where the class has none. */
  readonly refusing: number | undefined;
}

/**
 * The states of the abstraction: for each class, how many of its members are in which condition. A state is one
 * number, so that sets of states are arrays.
 */
export interface AbstractStates {
  readonly axes: readonly Axis[];
  /** Number of states, reachable or not. */
  readonly size: number;
  readonly start: number;
}

/** States of the last question of each effort: a mend, and the next cluster, mostly ask about the same classes. */
const KNOWN = new Map<number, { readonly question: string; readonly states: AbstractStates | undefined }>();

/** Builds the states; undefined when there are more than `most`. */
export function abstractStates(
  classes: readonly MemberClass[],
  failures: number,
  most: number,
): AbstractStates | undefined {
  const question = JSON.stringify([classes, failures]);
  const known = KNOWN.get(most);
  if (known?.question === question) return known.states;
  const states = built(classes, failures, most);
  KNOWN.set(most, { question, states });
  return states;
}

function built(classes: readonly MemberClass[], failures: number, most: number): AbstractStates | undefined {
  const axes: Axis[] = [];
  let stride = 1;
  let start = 0;
  for (const group of classes) {
    const table = spreadTable(group, failures, Math.floor(most / stride));
    if (table === undefined) return undefined;
    const axis = axisOf(group, table, stride);
    axes.push(axis);
    start += stride * table.find(group.conditions.map((c) => (c === group.start ? group.members.length : 0)));
    stride *= table.size;
    if (stride > most) return undefined;
  }
  return { axes, size: stride, start };
}

/** The number of an axis' spread in a state. */
export function abstractSpreadOf(axis: Axis, state: number): number {
  return Math.floor(state / axis.stride) % axis.table.size;
}

/** The state with one member of an axis moved between conditions (by index); -1 where that cannot be. */
export function moved(axis: Axis, state: number, from: number, to: number): number {
  const spread = abstractSpreadOf(axis, state);
  const next = axis.table.move(spread, from, to);
  return next === -1 ? -1 : state + (next - spread) * axis.stride;
}

/** Members down in a state. */
export function downsOf({ axes }: AbstractStates, state: number): number {
  return axes.reduce((total, axis) => total + (axis.table.downs[abstractSpreadOf(axis, state)] ?? 0), 0);
}

/** True when somebody could serve: a member that is not administratively out accepts connections. */
export function hasEligible({ axes }: AbstractStates, state: number): boolean {
  return axes.some((axis) => axis.eligible[abstractSpreadOf(axis, state)] === 1);
}

function axisOf(group: MemberClass, table: SpreadTable, stride: number): Axis {
  const { conditions } = group;
  const { size } = table;
  const inError = conditions.map((c) => (c & error) !== 0);
  const cleared = conditions.map((c) => conditions.indexOf(c & ~error));
  const total = (spread: number, matches: (condition: number) => boolean): number =>
    conditions.reduce((sum, c, k) => sum + (matches(c) ? countAt(table, conditions.length, spread, k) : 0), 0);
  const spreads = Array.from({ length: size }, (_, spread) => spread);
  const usable = (c: number): boolean => (c & NOT_CANDIDATE) === 0;
  return {
    group,
    table,
    stride,
    allInError: Uint8Array.from(spreads, (s) => Number(total(s, (c) => (c & error) === 0) === 0)),
    eligible: Uint8Array.from(spreads, (s) => Number(total(s, (c) => (c & (down | ADMINISTRATIVE)) === 0) > 0)),
    usable: Uint16Array.from(spreads, (s) => total(s, usable)),
    usableUp: Uint16Array.from(spreads, (s) => total(s, (c) => usable(c) && (c & down) === 0)),
    sole: Uint8Array.from(spreads, (s) => conditions.find((_, k) => countAt(table, conditions.length, s, k) > 0) ?? 0),
    recovered: Int32Array.from(spreads, (spread) => {
      const counts = conditions.map((_, k) => (inError[k] ? 0 : countAt(table, conditions.length, spread, k)));
      conditions.forEach((_, k) => {
        const target = cleared[k] ?? k;
        if (inError[k]) counts[target] = (counts[target] ?? 0) + countAt(table, conditions.length, spread, k);
      });
      return table.find(counts);
    }),
    refusing: conditions.find((c) => usable(c) && (c & down) !== 0),
  };
}

function countAt(table: SpreadTable, width: number, spread: number, condition: number): number {
  return table.counts[spread * width + condition] ?? 0;
}
