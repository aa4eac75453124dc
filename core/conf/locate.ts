/** A place in a file as people count it. */
export interface Place {
  /** From 1; the physical line. */
  readonly line: number;
  /** From 1; in bytes. */
  readonly column: number;
}

/**
 * Makes a function that finds line and column of an offset, in logarithmic time.
 *
 * @param text - the text of the file
 */
export function locator(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** The physical line around an offset, cut to `width` characters, with a caret below the offset. */
export function excerpt(text: string, offset: number, width = 80): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  const line = text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, "");
  const column = offset - start;
  const from = column < width ? 0 : column - Math.floor(width / 2);
  const shown = line.slice(from, from + width).replaceAll("\t", " ");
  return `${shown}\n${" ".repeat(column - from)}^`;
}
