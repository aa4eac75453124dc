import { toUnicode } from "../httpd/bytes.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { offsetAsWritten } from "../conf/text/pasted.js";
import { cutWord } from "../httpd/word.js";

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

/** Lines are counted when they are first asked for. */
function sourceText(text: string, { readable, wordEnd, asWritten = (_, offset) => offset }: Reading): SourceText {
  let known: readonly number[] | undefined;
  const raw = (number: number): string | undefined => {
    known ??= startsOf(text);
    const start = known[number - 1];
    if (start === undefined) return undefined;
    const end = known[number];
    return text.slice(start, end === undefined ? text.length : end - 1).replace(/\r$/, "");
  };
  return {
    line(number) {
      const line = raw(number);
      return line === undefined ? undefined : readable(line);
    },
    stretch(place, length) {
      const line = raw(place.line) ?? "";
      const from = Math.min(asWritten(line, place.column - 1), line.length);
      const end =
        length === undefined ? wordEnd(line, from) : Math.min(asWritten(line, place.column - 1 + length), line.length);
      const before = readable(line.slice(0, from)).length;
      const within = readable(line.slice(from, end)).length;
      return { place: { ...place, column: before + 1 }, length: Math.max(1, within) };
    },
  };
}

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
