import type { Pointer } from "../vocabulary/problem.js";
import { Doubt } from "./doubt.js";

/** Most ways that are tried where conditions are not known: beyond it nothing is shown. */
const MOST_WAYS = 32;

/**
 * What is assumed about conditions nobody here can judge, by the text of their lines: the same condition holds, or does
 * not, in each of several configurations.
 */
class Assumed extends Doubt {
  readonly #assumptions: Map<string, boolean>;
  readonly #textOf: (at: Pointer) => string;

  constructor(assumptions: Map<string, boolean>, textOf: (at: Pointer) => string) {
    super();
    this.#assumptions = assumptions;
    this.#textOf = textOf;
  }

  override guess(at: Pointer): boolean {
    const text = this.#textOf(at);
    const known = this.#assumptions.get(text) ?? false;
    this.#assumptions.set(text, known);
    return known;
  }
}

/** One side of a comparison: a walk, and the text of a line at a pointer. */
export interface Side<T> {
  readonly walk: (doubt: Doubt) => T;
  readonly textOf: (at: Pointer) => string;
}

/** Two walks under the same assumptions, with the lines on each that nobody read. */
export interface Together<T> {
  readonly was: T;
  readonly is: T;
  readonly unreadBefore: readonly string[];
  readonly unreadAfter: readonly string[];
}

/**
 * Walks two configurations with every assumption about what neither of them tells; undefined where there are too many.
 */
export function walkedTogether<T>(before: Side<T>, after: Side<T>): readonly Together<T>[] | undefined {
  const results: Together<T>[] = [];
  const open: ReadonlyMap<string, boolean>[] = [new Map()];
  for (let start = open.pop(); start !== undefined; start = open.pop()) {
    if (results.length === MOST_WAYS) return undefined;
    const assumptions = new Map(start);
    const [left, right] = [new Assumed(assumptions, before.textOf), new Assumed(assumptions, after.textOf)];
    const [was, is] = [before.walk(left), after.walk(right)];
    const [unreadBefore, unreadAfter] = [left.lines.map(before.textOf), right.lines.map(after.textOf)];
    results.push({ was, is, unreadBefore, unreadAfter });
    const found = [...assumptions].slice(start.size);
    found.forEach(([text, value], index) => open.push(new Map([...start, ...found.slice(0, index), [text, !value]])));
  }
  return results;
}
