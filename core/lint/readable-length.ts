/** A run of bytes outside of ASCII, and how many characters stand in front of it. */
interface WideRun {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  /** Characters it is read as. */
  readonly length: number;
}

/**
 * Makes a function that counts the characters which the first bytes of a line are read as, in logarithmic time: an ASCII
 * byte is a character of its own, whatever stands in front of it, so that only the runs between them are decoded.
 *
 * @param line - one character a byte
 * @param readable - how bytes are read
 */
export function readableLength(line: string, readable: (part: string) => string): (offset: number) => number {
  const runs: WideRun[] = [];
  const bytes = line.matchAll(/[^\u0000-\u007f]+/g);
  let next = bytes.next().value;
  let last: WideRun = { start: 0, end: 0, before: 0, length: 0 };
  return (offset) => {
    for (; next !== undefined && next.index < offset; next = bytes.next().value) {
      const before = last.before + last.length + next.index - last.end;
      last = { start: next.index, end: next.index + next[0].length, before, length: readable(next[0]).length };
      runs.push(last);
    }
    const run = lastBelow(runs, offset);
    if (run === undefined) return offset;
    if (offset >= run.end) return run.before + run.length + offset - run.end;
    return run.before + readable(line.slice(run.start, offset)).length;
  };
}

/** The last run that begins in front of an offset. */
function lastBelow(runs: readonly WideRun[], offset: number): WideRun | undefined {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1];
}
