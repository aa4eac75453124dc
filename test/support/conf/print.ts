import type { Line, Node, Tree } from "../../../core/conf/text/tree.js";

/** The text of a tree: that of its lines in order. It equals the text that was parsed, byte for byte. */
export function print(tree: Tree): string {
  return printNodes(tree.text, tree.nodes);
}

/**
 * The text of a few nodes with all that stands in them.
 *
 * @param text - the text of the file they were parsed from
 */
export function printNodes(text: string, nodes: readonly Node[]): string {
  const pieces: string[] = [];
  const waiting: (Node | Line)[] = [...nodes].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const line = "kind" in next ? next.line : next;
    pieces.push(text.slice(line.start, line.end));
    if (!("kind" in next) || next.kind !== "section") continue;
    if (next.close !== undefined) waiting.push(next.close);
    for (let index = next.children.length - 1; index >= 0; index -= 1) {
      const child = next.children[index];
      if (child !== undefined) waiting.push(child);
    }
  }
  return pieces.join("");
}
