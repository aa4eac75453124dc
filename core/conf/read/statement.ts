import { argumentsOf, nameWordOf } from "../arguments.js";
import { toUnicode } from "../bytes.js";
import { locator } from "../locate.js";
import { print } from "../print.js";
import type { Node, Tree } from "../tree.js";

/** A place in a file as people count it. */
export interface SourcePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** A word and where it is written. */
export interface StatementWord {
  readonly text: string;
  readonly place: SourcePlace;
}

/** A directive or section as httpd executes it: includes resolved, variables replaced, words cut. */
export interface Statement {
  /** Its name as written. */
  readonly name: string;
  readonly words: readonly StatementWord[];
  /** The logical line; of a section the opening one. */
  readonly text: string;
  readonly place: SourcePlace;
  /** What stands in a section; absent for a directive. */
  readonly children?: readonly Statement[];
}

/** The statements of one file, includes and conditions left as they are. */
export function statementsOf(file: string, tree: Tree): readonly Statement[] {
  const place = locator(print(tree));
  const at = (offset: number): SourcePlace => ({ file, ...place(offset) });
  const statement = (node: Node): readonly Statement[] => {
    if (node.kind !== "directive" && node.kind !== "section") return [];
    const words = argumentsOf(tree.text, node).map(({ text, start }) => ({ text: toUnicode(text), place: at(start) }));
    const name = nameWordOf(tree.text, node);
    const own = { name: node.name, words, text: toUnicode(node.line.text), place: at(name?.start ?? node.line.start) };
    return [node.kind === "section" ? { ...own, children: node.children.flatMap(statement) } : own];
  };
  return tree.nodes.flatMap(statement);
}
