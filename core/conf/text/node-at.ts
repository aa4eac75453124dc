import { firstIndex } from "../../vocabulary/place.js";
import type { Node, Tree } from "./tree.js";

/** The directive, section, comment or blank that a physical line belongs to. */
export function nodeAt({ lines, owners }: Tree, line: number): Node | undefined {
  return owners[firstIndex(lines.length - 1, (index) => (lines[index]?.lastLine ?? line) >= line)];
}
