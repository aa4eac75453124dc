import { fromUnicode, toUnicode } from "../../httpd/bytes.js";
import { lookAlike } from "./look-alikes.js";
import type { LookAlike } from "./look-alikes.js";

/** A look-alike in a line. */
export interface Pasted extends LookAlike {
  /** Offset of its first byte in the line. */
  readonly start: number;
  /** Offset behind its last byte. */
  readonly end: number;
}

/** True for a text that may hold look-alikes: most hold none, and nothing more is asked of them. */
export function mayBePasted(text: string): boolean {
  return HIGH.test(text);
}

const HIGH = /[\u0080-\u00ff]/;

/**
 * Look-alikes in a line where httpd takes them for letters: outside of comments, and outside of plain quotes, in which
 * they may be meant as they are. In the order they stand.
 *
 * @param line - one character a byte, as files are held
 */
export function pastedIn(line: string): readonly Pasted[] {
  if (!HIGH.test(line)) return [];
  const written = charactersOf(line);
  const first = written.findIndex(({ plain }) => !/^\s*$/.test(plain));
  const comment = written[first]?.plain === "#";
  const found: Pasted[] = [];
  let quote: string | undefined;
  for (const [index, { text, alike, start, end }] of written.entries()) {
    if (comment && index >= first) break;
    const before = written[index - 1]?.plain ?? " ";
    if (quote === undefined && alike !== undefined && (!alike.dash || isInPlainWord(written, index))) {
      found.push({ ...alike, start, end });
    } else if (quote === undefined && /["']/.test(text) && /^[\s=]?$/.test(before)) quote = text;
    else if (text === quote) quote = undefined;
  }
  return found;
}

/** The line with plain characters. */
export function retyped(line: string): string {
  return pastedIn(line).reduceRight(
    (text, { start, end, plain }) => text.slice(0, start) + plain + text.slice(end),
    line,
  );
}

/** The offset in a line of what stands at an offset of the {@link retyped} line. */
export function offsetAsWritten(line: string, offset: number): number {
  let moved = 0;
  for (const { start, end, plain } of pastedIn(line)) {
    if (start + moved + plain.length > offset) break;
    moved += plain.length - (end - start);
  }
  return offset - moved;
}

interface WrittenCharacter {
  readonly text: string;
  readonly alike: LookAlike | undefined;
  /** What is typed for it. */
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

/** The characters of a line: UTF-8, or where it is none, the bytes of Windows. */
function charactersOf(line: string): readonly WrittenCharacter[] {
  const unicode = toUnicode(line);
  const utf8 = fromUnicode(unicode) === line;
  const characters: WrittenCharacter[] = [];
  let start = 0;
  for (const text of utf8 ? unicode : Array.from(line, (byte) => WINDOWS.get(byte) ?? byte)) {
    const alike = lookAlike(text);
    const end = start + (utf8 ? fromUnicode(text).length : 1);
    characters.push({ text, alike, plain: alike?.plain ?? text, start, end });
    start = end;
  }
  return characters;
}

/** Quotes and dashes of windows-1252, by their byte. */
const WINDOWS: ReadonlyMap<string, string> = new Map([
  ["\u0091", "\u2018"],
  ["\u0092", "\u2019"],
  ["\u0093", "\u201c"],
  ["\u0094", "\u201d"],
  ["\u0096", "\u2013"],
  ["\u0097", "\u2014"],
]);

/** True for a dash in a word of nothing but plain characters: a name, a URL, an option. */
function isInPlainWord(written: readonly WrittenCharacter[], index: number): boolean {
  const isPlain = (step: number): boolean => {
    for (let at = index + step; ; at += step) {
      const one = written[at];
      if (one === undefined || /^\s*$/.test(one.plain)) return true;
      if (one.alike === undefined && /[^\u0021-\u007e]/.test(one.text)) return false;
    }
  };
  return isPlain(1) && isPlain(-1);
}
