import { toUnicode } from "../httpd/bytes.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { offsetAsWritten } from "../conf/text/pasted.js";
import { cutWord } from "../httpd/word.js";
import { readableLength } from "./readable-length.js";

/** The text of a file, by lines, as people read it. */
export interface SourceText {
  /** A line without its end, from 1; undefined behind the last one. */
  readonly line: (number: number) => string | undefined;
  /**
   * A place as people count it: columns in UTF-16 code units, with the characters of the line that something takes.
   *
   * @param length - as the place counts; undefined for the word that stands there
   */
  readonly stretch: (place: SourcePlace, length: number | undefined) => Stretch;
}

/** Where something stands, and how many characters of that line it takes: at least one, and none behind its end. */
export interface Stretch {
  readonly place: SourcePlace;
  readonly length: number;
}

/**
 * An httpd.conf: one character a byte, so that its places count bytes.
 *
 * @param pasted - true where places are those of the text with plain characters for look-alikes
 */
export function confText(text: string, pasted = false): SourceText {
  const asWritten = pasted ? offsetAsWritten : undefined;
  return sourceText(text, {
    readable: toUnicode,
    wordEnd: confWordEnd,
    ...(asWritten === undefined ? {} : { asWritten }),
  });
}

/** A spec: ordinary text. */
export function specText(text: string): SourceText {
  return sourceText(text, { readable: (part) => part, wordEnd: (line, from) => from + blankFree(line, from) });
}

interface Reading {
  readonly readable: (part: string) => string;
  /** Offset behind the word at an offset of a line. */
  readonly wordEnd: (line: string, from: number) => number;
  /** Offset in a line as it is written, of one in the line as it was read. @default - the same */
  readonly asWritten?: (line: string, offset: number) => number;
}

/** A line as it is held, with what its first bytes are read as. */
interface RawLine {
  readonly number: number;
  readonly raw: string;
  readonly charactersUpTo: (offset: number) => number;
}

/** Lines are counted when they are first asked for; what is known of the one asked for last is kept. */
function sourceText(text: string, { readable, wordEnd, asWritten = (_, offset) => offset }: Reading): SourceText {
  let starts: readonly number[] | undefined;
  let last: RawLine | undefined;
  const lineOf = (number: number): RawLine | undefined => {
    if (last?.number === number) return last;
    starts ??= startsOf(text);
    const start = starts[number - 1];
    if (start === undefined) return undefined;
    const end = (starts[number] ?? text.length + 1) - 1;
    const raw = text.slice(start, text[end - 1] === "\r" && end > start ? end - 1 : end);
    last = { number, raw, charactersUpTo: readableLength(raw, readable) };
    return last;
  };
  return {
    line(number) {
      const line = lineOf(number);
      return line === undefined ? undefined : readable(line.raw);
    },
    stretch(place, length) {
      const { raw, charactersUpTo } = lineOf(place.line) ?? NO_LINE;
      const from = Math.min(asWritten(raw, place.column - 1), raw.length);
      const end =
        length === undefined ? wordEnd(raw, from) : Math.min(asWritten(raw, place.column - 1 + length), raw.length);
      const before = charactersUpTo(from);
      return { place: { ...place, column: before + 1 }, length: Math.max(1, charactersUpTo(end) - before) };
    },
  };
}

const NO_LINE: RawLine = { number: 0, raw: "", charactersUpTo: () => 0 };

/** As httpd cuts words, quotes included; the `>` that closes the line of a section is no part of one. */
function confWordEnd(line: string, from: number): number {
  const end = cutWord(line, from)?.end ?? from;
  const closes = line[end - 1] === ">" && /^\s*</.test(line) && end - 1 > from;
  return closes ? end - 1 : end;
}

function blankFree(line: string, from: number): number {
  return /^\S*/.exec(line.slice(from))?.[0].length ?? 0;
}

function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
