/** The text has something only a whole YAML parser understands. */
export class NotPlain extends Error {}

/** Gives a text up to the whole YAML parser. Throws {@link NotPlain}. */
export function notPlain(): never {
  throw new NotPlain();
}

/** A line with something on it. */
export interface Row {
  readonly indent: number;
  /** Offset of its first character that is no blank. */
  readonly start: number;
  /** Offset of its end. */
  readonly end: number;
}

/**
 * Lines that are neither empty nor comments; blanks and comments at their ends are left out. Throws {@link NotPlain} where
 * a quote may hold what looks like a comment.
 */
export function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = [];
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf("\n", from);
    const stop = newline === -1 ? text.length : newline;
    let start = from;
    while (start < stop && text[start] === " ") start++;
    if (start < stop && text[start] !== "#")
      rows.push({ indent: start - from, start, end: contentEnd(text, start, stop) });
    from = stop + 1;
  }
  return rows;
}

/** A comment begins at a `#` behind a blank; within quotes the line is not plain. */
function contentEnd(text: string, start: number, stop: number): number {
  const line = text.slice(start, stop);
  const hash = line.indexOf(" #");
  const content = hash === -1 ? line : line.slice(0, hash);
  if (hash !== -1 && /["']/.test(content)) notPlain();
  return start + content.trimEnd().length;
}
