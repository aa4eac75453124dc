/** The text of a file, by lines. */
export interface SourceText {
  /** One character a byte for httpd.conf files; ordinary text for specs. */
  readonly text: string;
  /** A line without its end, from 1; undefined behind the last one. */
  readonly line: (number: number) => string | undefined;
  /** Offset of a line and column, both from 1. */
  readonly offset: (line: number, column: number) => number;
}

/** Prepares a text; its lines are counted when they are first asked for. */
export function sourceText(text: string): SourceText {
  let known: readonly number[] | undefined;
  const starts = (): readonly number[] => (known ??= startsOf(text));
  return {
    text,
    line(number) {
      const start = starts()[number - 1];
      if (start === undefined) return undefined;
      const end = starts()[number];
      return text.slice(start, end === undefined ? text.length : end - 1).replace(/\r$/, "");
    },
    offset: (line, column) => (starts()[line - 1] ?? text.length) + column - 1,
  };
}

function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
