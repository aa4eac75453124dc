import type { Pointer } from "../vocabulary/problem.js";

/** Most ways that are tried where conditions are not known: beyond it the answer is not judged. */
const MOST_WAYS = 32;

/**
 * What is not known on the way of a request. A condition that cannot be judged is guessed; the way is then walked again
 * with every other guess, and only where the ends differ does the condition decide.
 */
export class Doubt {
  readonly #script: readonly boolean[];
  readonly #guesses: boolean[] = [];
  readonly #conditions: Pointer[] = [];
  readonly #lines = new Set<Pointer>();

  constructor(script: readonly boolean[] = []) {
    this.#script = script;
  }

  /** A condition nobody here can judge: false at first, true when the way is walked again. */
  guess(at: Pointer): boolean {
    const guess = this.#script[this.#guesses.length] ?? false;
    this.#guesses.push(guess);
    this.#conditions.push(at);
    return guess;
  }

  /** A line that could change anything. */
  of(at: Pointer): void {
    this.#lines.add(at);
  }

  get guesses(): readonly boolean[] {
    return this.#guesses;
  }

  /** Conditions that were guessed. */
  get conditions(): readonly Pointer[] {
    return this.#conditions;
  }

  get lines(): readonly Pointer[] {
    return [...this.#lines];
  }
}

/** The likeliest end of a way, and the lines that could lead to another one. */
export interface Judged<T> {
  readonly value: T;
  readonly doubts: readonly Pointer[];
}

/** Walks a way with all guesses about what is not known; `same` compares two ends. */
export function judged<T>(walk: (doubt: Doubt) => T, same: (left: T, right: T) => boolean): Judged<T> {
  const first = new Doubt();
  const value = walk(first);
  if (first.conditions.length === 0) return { value, doubts: first.lines };
  const doubts = new Set(first.lines);
  const open: (readonly boolean[])[] = others(first.guesses, 0);
  for (let tried = 0; open.length > 0; tried++) {
    const script = open.pop() ?? [];
    if (tried === MOST_WAYS) return { value, doubts: [...new Set([...doubts, ...first.conditions])] };
    const doubt = new Doubt(script);
    const other = walk(doubt);
    for (const line of doubt.lines) doubts.add(line);
    if (!same(value, other)) for (const condition of doubt.conditions) doubts.add(condition);
    open.push(...others(doubt.guesses, script.length));
  }
  return { value, doubts: [...doubts] };
}

/** Scripts in which one guess that was free is taken the other way, and those before it stay. */
function others(guesses: readonly boolean[], from: number): (readonly boolean[])[] {
  return guesses.slice(from).map((guess, index) => [...guesses.slice(0, from + index), !guess]);
}
