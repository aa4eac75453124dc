import { shown } from "../vocabulary/shown.js";

/** A property of a file. */
export interface JkProperty {
  readonly word: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** A value of which mod_jk itself would read a part at most: nothing here is made of it. */
export interface JkFault extends JkProperty {
  /** What would have been read as a whole. */
  readonly allowed: string;
}

/** One sentence about a value that is not read. */
export function jkFaultText({ word, value, allowed }: JkFault): string {
  return `${word}: found ${shown(value)}, allowed is ${allowed}`;
}

/** True for a text that is a whole number from end to end. */
export function isJkNumber(text: string): boolean {
  return /^-?[0-9]{1,9}$/.test(text);
}

/** The properties of a workers.properties, asked one by one; it keeps what was asked for, and what could not be read. */
export class JkValues {
  readonly #properties: ReadonlyMap<string, JkProperty>;
  readonly #used = new Set<string>();
  readonly #faults = new Map<string, JkFault>();

  constructor(properties: readonly JkProperty[]) {
    this.#properties = new Map(properties.map((property) => [property.word, property]));
  }

  /** Words that nobody asked for. */
  isUnused(word: string): boolean {
    return !this.#used.has(word);
  }

  /** What could not be read, in the order of the file. */
  get faults(): readonly JkFault[] {
    return [...this.#faults.values()].sort((one, other) => one.line - other.line);
  }

  /** The property of this very word. */
  own(word: string): JkProperty | undefined {
    this.#used.add(word);
    return this.#properties.get(word);
  }

  /** The first of these words that a worker has, or that the one has which it refers to. */
  find(worker: string, ...words: readonly string[]): JkProperty | undefined {
    const seen = new Set<string>();
    let prefix: string | undefined = `worker.${worker}`;
    while (prefix !== undefined && !seen.has(prefix)) {
      seen.add(prefix);
      const before: string = prefix;
      const found = words.find((word) => this.#properties.has(`${before}.${word}`));
      if (found !== undefined) {
        this.#used.add(`${before}.reference`);
        return this.own(`${before}.${found}`);
      }
      prefix = this.own(`${before}.reference`)?.value;
    }
    return undefined;
  }

  /** The text of a worker's property. */
  text(worker: string, ...words: readonly string[]): string | undefined {
    return this.find(worker, ...words)?.value;
  }

  /** A whole number; a value that only begins with one is a fault. */
  whole(property: JkProperty | undefined, otherwise: number): number {
    if (property === undefined) return otherwise;
    if (isJkNumber(property.value)) return Number(property.value);
    this.#fault(property, "a whole number");
    return otherwise;
  }

  /** mod_jk's codes (jk_util.c): the first letter counts. */
  code<Code>(property: JkProperty | undefined, codes: Readonly<Record<string, Code>>, otherwise: Code): Code {
    if (property === undefined) return otherwise;
    const letter = property.value.slice(0, 1).toUpperCase();
    const code = Object.hasOwn(codes, letter) ? codes[letter] : undefined;
    if (code === undefined) this.#fault(property, `a word that begins with ${Object.keys(codes).join(", ")}`);
    return code ?? otherwise;
  }

  /** `jk_get_bool_code`: on, off, 1, 0, or a word that begins with T, Y, F or N. */
  flag(property: JkProperty | undefined, otherwise: boolean): boolean {
    if (property === undefined) return otherwise;
    if (/^(?:on$|1$|[ty])/i.test(property.value)) return true;
    if (!/^(?:off$|0$|[fn])/i.test(property.value)) this.#fault(property, "True or False");
    return false;
  }

  #fault(property: JkProperty, allowed: string): void {
    this.#faults.set(property.word, { ...property, allowed });
  }
}
