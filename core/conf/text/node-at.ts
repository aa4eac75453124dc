import type { Node, Tree } from "./tree.js";

/** The directive, section, comment or blank that a physical line belongs to. */
export function nodeAt({ lines, owners }: Tree, line: number): Node | undefined {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.lastLine ?? line) < line) low = middle + 1;
    else high = middle;
  }
  return owners[low];
}
