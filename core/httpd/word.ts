/** A word cut from the front of a text, with offsets in that text. */
export interface CutWord {
  readonly text: string;
  readonly start: number;
  /** After the last character, a closing quote included. */
  readonly end: number;
  /** Where the next word starts: after the blanks that follow. */
  readonly next: number;
}

/** True for what C's `isspace` takes for a blank: space, tab, line feed, vertical tab, form feed, carriage return. */
export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** First offset at or after `from` that is not a blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/**
 * Cuts one word as `ap_getword_conf` does (server/util.c): up to a blank, or in single or double quotes up to the
 * closing quote; a missing closing quote is accepted, and text right after a closing quote is the next word. A
 * backslash escapes a backslash everywhere and the quote within quotes.
 *
 * @returns undefined when nothing but blanks is left
 */
export function cutWord(text: string, from: number): CutWord | undefined {
  const start = skipBlanks(text, from);
  if (start >= text.length) return undefined;
  const first = text.charCodeAt(start);
  if (first === QUOTE || first === APOSTROPHE) return cutQuoted(text, start, first);
  let end = start;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end += 1;
  return { text: unescape(text.slice(start, end), 0), start, end, next: skipBlanks(text, end) };
}

/** All words of a text, as {@link cutWord} cuts them one by one. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (let word = cutWord(text, 0); word !== undefined; word = cutWord(text, word.next)) words.push(word.text);
  return words;
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;

function cutQuoted(text: string, start: number, quote: number): CutWord {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) {
    const following = text.charCodeAt(at + 1);
    const escape = text.charCodeAt(at) === BACKSLASH && (following === quote || following === BACKSLASH);
    at += escape ? 2 : 1;
  }
  const end = Math.min(at + 1, text.length);
  return { text: unescape(text.slice(start + 1, at), quote), start, end, next: skipBlanks(text, end) };
}

function unescape(raw: string, quote: number): string {
  let from = raw.indexOf("\\");
  if (from < 0) return raw;
  const pieces: string[] = [];
  let kept = 0;
  while (from >= 0) {
    const following = raw.charCodeAt(from + 1);
    const escape = following === BACKSLASH || (quote !== 0 && following === quote);
    if (escape) {
      pieces.push(raw.slice(kept, from));
      kept = from + 1;
    }
    from = raw.indexOf("\\", from + (escape ? 2 : 1));
  }
  pieces.push(raw.slice(kept));
  return pieces.join("");
}
