import { lex } from "./lex.js";
import { cutWord } from "../../httpd/word.js";
import type { Line, Node, Section, Tree } from "./tree.js";

/**
 * Reads a file into a lossless tree. Nothing is refused and nothing is executed: unknown names, unbalanced sections
 * and any bytes are kept as they are, and `print(parse(text)) === text` for every text.
 *
 * @param text - the file, one character a byte; see `fromBytes`
 */
export function parse(text: string): Tree {
  return treeOf(text, lex(text));
}

/** The tree of a file whose lines have been cut already. */
export function treeOf(text: string, lines: readonly Line[]): Tree {
  const owners: Node[] = [];
  const nodes: Node[] = [];
  const open: OpenSection[] = [];
  let siblings = nodes;
  for (const line of lines) {
    const closed = closing(line.text);
    const innermost = open.at(-1);
    if (closed !== undefined && innermost !== undefined && sameName(innermost.section.name, closed)) {
      innermost.section.close = line;
      owners.push(innermost.section);
      siblings = innermost.siblings;
      open.pop();
      continue;
    }
    const node = leaf(line, closed) ?? openSection(line);
    owners.push(node);
    siblings.push(node);
    if (node.kind === "section") {
      open.push({ section: node, siblings });
      siblings = node.children;
    }
  }
  return { text, nodes, lines, owners };
}

/** Name of the directive or section of a line: its first word, without `<` and without a `>` right behind it. */
export function nameOf(text: string): string {
  const word = cutWord(text, 0)?.text ?? "";
  if (!word.startsWith("<")) return word;
  return word.endsWith(">") ? word.slice(1, -1) : word.slice(1);
}

/** A section whose children and end are still to come. */
interface GrowingSection extends Section {
  readonly children: Node[];
  close?: Line;
}

interface OpenSection {
  readonly section: GrowingSection;
  /** The list the section stands in. */
  readonly siblings: Node[];
}

/** Name of the section a line closes; undefined when it is not a closing line. */
function closing(text: string): string | undefined {
  if (!text.startsWith("</")) return undefined;
  const word = cutWord(text, 0)?.text ?? "";
  return word.endsWith(">") ? word.slice(2, -1) : word.slice(2);
}

function sameName(one: string, other: string): boolean {
  return one.length === other.length && one.toLowerCase() === other.toLowerCase();
}

function leaf(line: Line, closed: string | undefined): Exclude<Node, Section> | undefined {
  if (line.text === "") return { kind: "blank", line };
  if (line.text.startsWith("#")) return { kind: "comment", line };
  if (closed !== undefined) return { kind: "stray", line, name: closed };
  return line.text.startsWith("<") ? undefined : { kind: "directive", line, name: nameOf(line.text) };
}

function openSection(line: Line): GrowingSection {
  return { kind: "section", line, name: nameOf(line.text), children: [] };
}
