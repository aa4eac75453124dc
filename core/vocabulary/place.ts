/** A place in a file as people count it: of an httpd.conf, a spec or a scenario. */
export interface SourcePlace {
  readonly file: string;
  /** From 1; the physical line. */
  readonly line: number;
  /** From 1; in characters of the text that was read, which are bytes of an httpd.conf. */
  readonly column: number;
}

/** A {@link SourcePlace} in a file that is known. */
type LineAndColumn = Omit<SourcePlace, "file">;

/**
 * Makes a function that finds line and column of an offset, in logarithmic time.
 *
 * @param text - the text of the file
 */
export function locator(text: string): (offset: number) => LineAndColumn {
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
