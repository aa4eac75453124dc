import { PatternRefusal } from "./piece.js";
import type { Width } from "./piece.js";

/** Options in force at a place of a pattern. */
export interface PatternOptions {
  /** `i` */
  readonly caseless: boolean;
  /** `m` */
  readonly multiline: boolean;
  /** `s`: a dot takes line ends too. */
  readonly dotAll: boolean;
  /** `x`: blanks and comments do not count. */
  readonly extended: boolean;
  /** `n`: bare parentheses are no groups. */
  readonly noCapture: boolean;
  /** `U`: repeats are lazy unless they say `?`. */
  readonly ungreedy: boolean;
}

/** A group whose match can be used elsewhere as `$1`. */
export interface CapturingGroup {
  /** Where its parenthesis opens. */
  readonly start: number;
  /** What stands in it: its alternatives as they are written. */
  readonly branches: readonly string[];
}

/** A group that has to be there: by number or by name. */
type GroupReference = number | string;

/** Where the reading of a pattern stands, and what was seen so far. */
export class PatternReader {
  readonly pattern: string;
  at = 0;
  options: PatternOptions;
  /** Groups opened so far. */
  groups = 0;
  /** Parentheses open around this place. */
  depth = 0;
  /** Depth of the parentheses of a look-behind whose alternatives are being read. */
  fixedAt: number | undefined;
  /** Look-aheads and look-behinds around this place. */
  looks = 0;
  /** Look-behinds among them, which JavaScript reads backwards. */
  behinds = 0;
  /** Alternatives that were read last, as they are written. */
  branches: readonly string[] = [];
  /** Groups that are closed, by number less one. */
  readonly captured: CapturingGroup[] = [];
  /** Emulated atomic groups, which need a name of their own. */
  atomics = 0;
  /** Groups that have matched whenever the reading is here. */
  certain: ReadonlySet<number> = new Set();
  /** How many bytes groups take that are closed. */
  readonly widths = new Map<number, Width>();
  /** False when something stands in the pattern whose matches cannot be told here. */
  exact = true;
  /** False when what groups hold after a match, or where it ends, cannot be told here. */
  exactGroups = true;
  readonly #names = new Map<string, number[]>();
  readonly #needed: GroupReference[] = [];

  constructor(pattern: string, options: PatternOptions) {
    this.pattern = pattern;
    this.options = options;
  }

  /** The character here; an empty text at the end. */
  get next(): string {
    return this.pattern[this.at] ?? "";
  }

  /** Takes what an expression with the flag `y` finds here. */
  take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.pattern);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** Takes exactly this text, if it stands here. */
  takeText(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Opens a group and tells its number. */
  open(name?: string): number {
    this.groups += 1;
    if (name !== undefined) this.#names.set(name, [...(this.#names.get(name) ?? []), this.groups]);
    return this.groups;
  }

  /** The name of each group, by its number less one. */
  get names(): readonly (string | undefined)[] {
    const names = Array.from({ length: this.groups }, (): string | undefined => undefined);
    for (const [name, numbers] of this.#names) for (const number of numbers) names[number - 1] = name;
    return names;
  }

  /** Notes that a group must exist somewhere in the pattern. */
  need(group: GroupReference): void {
    this.#needed.push(group);
  }

  /** The group of a name, when exactly one has it so far. */
  named(name: string): number | undefined {
    const numbers = this.#names.get(name) ?? [];
    return numbers.length === 1 ? numbers[0] : undefined;
  }

  /** Refuses references to groups that do not exist. */
  finish(): void {
    for (const group of this.#needed) {
      if (typeof group === "number" ? group > this.groups : !this.#names.has(group)) throw new PatternRefusal();
    }
  }
}
