import { escaped, swappedCase } from "./piece.js";

/** A set of bytes, by their codes. */
export type ByteSet = ReadonlySet<number>;

/** Bytes from one code to another, both ends included. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** All bytes that are not in a set. */
export function complement(set: ByteSet): ByteSet {
  return new Set(range(0, 255).filter((code) => !set.has(code)));
}

/** A set with both cases of its ASCII letters. */
export function caselessSet(set: ByteSet): ByteSet {
  const both = [...set].flatMap((code) => [code, swappedCase(String.fromCharCode(code)).charCodeAt(0)]);
  return new Set(both);
}

/** The class of JavaScript's expressions for a set. */
export function classOf(set: ByteSet, negated = false): string {
  const codes = [...set].toSorted((left, right) => left - right);
  const runs: [number, number][] = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  const text = runs
    .map(([from, to]) => (from === to ? character(from) : `${character(from)}-${character(to)}`))
    .join("");
  return `[${negated ? "^" : ""}${text}]`;
}

function character(code: number): string {
  return escaped(String.fromCharCode(code));
}

function codesOf(text: string): readonly number[] {
  return Array.from(text, (one) => one.charCodeAt(0));
}

const DIGIT = range(48, 57);
const LOWER = range(97, 122);
const UPPER = range(65, 90);
const SPACE = codesOf(" \t\n\v\f\r");
const ALNUM = [...DIGIT, ...LOWER, ...UPPER];
const GRAPH = range(33, 126);

/** Classes of POSIX in the C locale, which is that of PCRE's built-in tables (pcre2_chartables). */
export const POSIX_CLASSES: Readonly<Record<string, readonly number[]>> = {
  alpha: [...LOWER, ...UPPER],
  lower: LOWER,
  upper: UPPER,
  alnum: ALNUM,
  ascii: range(0, 127),
  blank: codesOf(" \t"),
  cntrl: [...range(0, 31), 127],
  digit: DIGIT,
  graph: GRAPH,
  print: [32, ...GRAPH],
  punct: GRAPH.filter((code) => !ALNUM.includes(code)),
  space: SPACE,
  word: [...ALNUM, 95],
  xdigit: [...DIGIT, ...range(97, 102), ...range(65, 70)],
};

/** Sets behind a backslash, and in upper case what is not in them. */
export const ESCAPED_SETS: Readonly<Record<string, ByteSet>> = {
  d: new Set(DIGIT),
  w: new Set([...ALNUM, 95]),
  s: new Set(SPACE),
  h: new Set([9, 32, 0xa0]),
  v: new Set([10, 11, 12, 13, 0x85]),
};
