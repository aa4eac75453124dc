import type { Node } from "../conf/text/tree.js";
import type { Source } from "../conf/run/executed.js";
import { toUnicode } from "../httpd/bytes.js";
import type { Suppression } from "./suppress.js";

const MARK = "httpd-balancer:";
const FORM = /^#+\s*httpd-balancer:\s*allow\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)(?:\s+because\s+(.*))?$/i;

/**
 * The suppressions written as comments in a file: `# httpd-balancer: allow ID[, ID] because REASON`, on a line above a
 * directive for that directive, or above a section for all that stands in it.
 */
export function suppressionsIn({ name, tree }: Source): readonly Suppression[] {
  if (!tree.text.includes(MARK)) return [];
  return inNodes(name, tree.nodes);
}

function inNodes(file: string, nodes: readonly Node[]): readonly Suppression[] {
  return nodes.flatMap((node, index) => {
    if (node.kind === "section") return inNodes(file, node.children);
    if (node.kind !== "comment") return [];
    const match = FORM.exec(node.line.text);
    if (match === null) return [];
    const covered = nodes.slice(index + 1).find(({ kind }) => kind !== "comment" && kind !== "blank");
    const { line, lastLine } = spanOf(covered ?? node);
    return (match[1] ?? "").split(/\s*,\s*/).map((id): Suppression => ({
      id,
      reason: toUnicode((match[2] ?? "").trim()),
      place: { file, line: node.line.line, column: 1 },
      covers: { kind: "lines", file, from: line, to: lastLine },
    }));
  });
}

function spanOf(node: Node): { readonly line: number; readonly lastLine: number } {
  const { line, lastLine } = node.line;
  if (node.kind !== "section") return { line, lastLine };
  const inside = node.children.map((child) => spanOf(child).lastLine);
  return { line, lastLine: node.close?.lastLine ?? Math.max(lastLine, ...inside) };
}
