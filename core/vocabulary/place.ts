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
    const line = Math.max(
      1,
      firstIndex(starts.length, (index) => (starts[index] ?? 0) > offset),
    );
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}

/**
 * The first of so many indices that something holds for, as it does for all behind that one; the number of indices where
 * it holds for none. It is asked a logarithm of times.
 */
export function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
