import type { JsonValue } from "../vocabulary/json.js";
import { NotPlain, notPlain, rowsOf } from "./spec-rows.js";
import type { Row } from "./spec-rows.js";

/** A value read, and the order of the keys of its mappings, where it is not the one JavaScript keeps. */
export interface PlainSpec {
  readonly value: JsonValue;
  readonly order: WeakMap<object, readonly string[]>;
}

/**
 * Reads the part of YAML that specs are written in, ten times as fast as a whole YAML parser: mappings and lists by
 * indentation, flow collections on one line, JSON, plain and quoted scalars, comments.
 *
 * @returns undefined for everything else and for every fault, to be read by a whole YAML parser
 */
export function parsePlainSpec(text: string): PlainSpec | undefined {
  try {
    const reader = new PlainReader(text);
    return { value: reader.document(), order: reader.order };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

// Anchors, aliases, tags, block scalars, directives, explicit keys and documents are left to the YAML parser.
const PLAIN_START = /[A-Za-z0-9_./^$+(\\-]/;
const RESERVED = /^(null|true|false|~)$/i;
const NUMBER = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$/;
const NUMBER_LIKE = /^[-+]?(\.?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[ox][0-9a-fA-F]+|\.(inf|nan))$/i;

class PlainReader {
  readonly order = new WeakMap<object, readonly string[]>();
  readonly #text: string;
  readonly #rows: readonly Row[];
  #row = 0;
  #at = 0;
  /** True in JSON, where line ends are blanks. */
  #multiline = false;

  constructor(text: string) {
    // Tabs, carriage returns and the like have rules of their own in YAML.
    if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/.test(text)) notPlain();
    this.#text = text;
    this.#rows = rowsOf(text);
  }

  document(): JsonValue {
    const first = this.#rows[0] ?? notPlain();
    if (this.#text[first.start] === "{") return this.#json(first.start);
    const value = this.#block(first.indent);
    if (this.#row < this.#rows.length) notPlain();
    return value;
  }

  /** A flow collection over any number of lines, without comments, and nothing behind it. */
  #json(start: number): JsonValue {
    this.#at = start;
    this.#multiline = true;
    const value = this.#flow(this.#text.length);
    return this.#text.slice(this.#at).trim() === "" ? value : notPlain();
  }

  #block(indent: number): JsonValue {
    const row = this.#rows[this.#row];
    if (row?.indent !== indent) return notPlain();
    return this.#isItem(row) ? this.#list(indent) : this.#mapping(indent);
  }

  #isItem({ start, end }: Row): boolean {
    return this.#text[start] === "-" && (start + 1 === end || this.#text[start + 1] === " ");
  }

  #list(indent: number): JsonValue {
    const items: JsonValue[] = [];
    for (let row = this.#rows[this.#row]; row?.indent === indent; row = this.#rows[this.#row]) {
      if (!this.#isItem(row)) notPlain();
      this.#at = row.start + 1;
      this.#skip(row.end);
      if (this.#at >= row.end) notPlain();
      items.push(this.#inline(row.end));
      this.#row++;
    }
    this.#expectLess(indent);
    return items;
  }

  #mapping(indent: number): JsonValue {
    const entries = new Map<string, JsonValue>();
    for (let row = this.#rows[this.#row]; row?.indent === indent; row = this.#rows[this.#row]) {
      if (this.#isItem(row)) notPlain();
      this.#at = row.start;
      const key = this.#key(row.end, false);
      if (entries.has(key)) notPlain();
      this.#skip(row.end);
      this.#row++;
      entries.set(key, this.#at < row.end ? this.#inline(row.end) : this.#below(indent));
    }
    this.#expectLess(indent);
    return this.#record(entries);
  }

  /** The value of a key with nothing behind its colon: what is moved in, or a list at the same depth, or nothing. */
  #below(indent: number): JsonValue {
    const next = this.#rows[this.#row];
    if (next === undefined || next.indent < indent) return null;
    if (next.indent > indent) return this.#block(next.indent);
    return this.#isItem(next) ? this.#listBelow(indent) : null;
  }

  #listBelow(indent: number): JsonValue {
    const items: JsonValue[] = [];
    for (let row = this.#rows[this.#row]; row?.indent === indent && this.#isItem(row); row = this.#rows[this.#row]) {
      this.#at = row.start + 1;
      this.#skip(row.end);
      if (this.#at >= row.end) notPlain();
      items.push(this.#inline(row.end));
      this.#row++;
    }
    return items;
  }

  /** A line that is moved in further than its block continues a scalar, which is not plain. */
  #expectLess(indent: number): void {
    const next = this.#rows[this.#row];
    if (next !== undefined && next.indent >= indent) notPlain();
  }

  /** One value to the end of the line. */
  #inline(end: number): JsonValue {
    const first = this.#text[this.#at];
    const flow = first === "{" || first === "[";
    const value = flow ? this.#flow(end) : this.#scalar(end, false);
    this.#skip(end);
    if (this.#at < end) notPlain();
    return value;
  }

  #flow(end: number): JsonValue {
    this.#skip(end);
    const first = this.#text[this.#at];
    if (first === "{") return this.#flowMapping(end);
    return first === "[" ? this.#flowList(end) : this.#scalar(end, true);
  }

  #flowList(end: number): JsonValue {
    const items: JsonValue[] = [];
    this.#at++;
    while (!this.#closes(end, "]")) {
      if (items.length > 0) this.#comma(end);
      items.push(this.#flow(end));
    }
    return items;
  }

  #flowMapping(end: number): JsonValue {
    const entries = new Map<string, JsonValue>();
    this.#at++;
    while (!this.#closes(end, "}")) {
      if (entries.size > 0) this.#comma(end);
      const key = this.#key(end, true);
      if (entries.has(key)) notPlain();
      this.#skip(end);
      entries.set(key, this.#flow(end));
    }
    return this.#record(entries);
  }

  #closes(end: number, bracket: string): boolean {
    this.#skip(end);
    if (this.#at >= end) notPlain();
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  #comma(end: number): void {
    if (this.#text[this.#at] !== ",") notPlain();
    this.#at++;
    this.#skip(end);
  }

  /** A key with its colon. */
  #key(end: number, flow: boolean): string {
    const quoted = this.#text[this.#at] === '"';
    const key = this.#scalar(end, flow);
    if (typeof key !== "string" || this.#text[this.#at] !== ":") return notPlain();
    this.#at++;
    const next = this.#text[this.#at];
    if (quoted && flow) return key;
    if (this.#at < end && next !== " " && !(next === "\n" && this.#multiline)) notPlain();
    return key;
  }

  #scalar(end: number, flow: boolean): JsonValue {
    const first = this.#text[this.#at] ?? "";
    if (first === '"') return this.#doubleQuoted(end);
    if (first === "'") return this.#singleQuoted(end);
    if (!PLAIN_START.test(first)) return notPlain();
    if (first === "-" && !/[A-Za-z0-9]/.test(this.#text[this.#at + 1] ?? "")) return notPlain();
    const start = this.#at;
    while (this.#at < end && !this.#endsPlain(flow)) this.#at++;
    return resolved(this.#text.slice(start, this.#at).trimEnd());
  }

  #endsPlain(flow: boolean): boolean {
    const character = this.#text[this.#at] ?? "";
    if (character === "\n") return this.#multiline || notPlain();
    if (character === "#") return notPlain();
    if (flow && FLOW_SIGNS.has(character)) return true;
    if (character !== ":") return false;
    const next = this.#text[this.#at + 1];
    if (flow && next !== undefined && FLOW_SIGNS.has(next)) notPlain();
    return next === undefined || next === " " || next === "\n";
  }

  #doubleQuoted(end: number): string {
    const close = this.#text.indexOf('"', this.#at + 1);
    if (close === -1 || close >= end) return notPlain();
    const inner = this.#text.slice(this.#at + 1, close);
    if (/[\\\n]/.test(inner)) return notPlain();
    this.#at = close + 1;
    return inner;
  }

  #singleQuoted(end: number): string {
    const close = this.#text.indexOf("'", this.#at + 1);
    if (close === -1 || close >= end || this.#text[close + 1] === "'") return notPlain();
    const inner = this.#text.slice(this.#at + 1, close);
    if (inner.includes("\n")) return notPlain();
    this.#at = close + 1;
    return inner;
  }

  #skip(end: number): void {
    for (; this.#at < end; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== SPACE && !(code === NEWLINE && this.#multiline)) return;
    }
  }

  #record(entries: ReadonlyMap<string, JsonValue>): JsonValue {
    const record = Object.fromEntries(entries);
    const keys = [...entries.keys()];
    if (keys.some((key) => /^[0-9]/.test(key))) this.order.set(record, keys);
    return record;
  }
}

const SPACE = 0x20;
const NEWLINE = 0x0a;
const FLOW_SIGNS: ReadonlySet<string> = new Set([",", "[", "]", "{", "}"]);

/** The core schema of YAML 1.2, where there is no doubt. */
function resolved(word: string): JsonValue {
  if (NUMBER.test(word)) return word === "-0" ? notPlain() : Number(word);
  return RESERVED.test(word) ? reserved(word) : NUMBER_LIKE.test(word) ? notPlain() : word;
}

function reserved(word: string): JsonValue {
  return word === "true" ? true : word === "false" ? false : notPlain();
}
