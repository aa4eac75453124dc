import { argumentsOf } from "./arguments.js";
import { fromUnicode } from "../../httpd/bytes.js";
import type { Node } from "./tree.js";
import { quoteLike } from "./quote-like.js";

/** A directive in words: its name, and its arguments as httpd is to read them. */
export interface DirectiveWords {
  readonly name: string;
  readonly words: readonly string[];
}

/** How lines around a place are written. */
export interface Style {
  /** Blanks at the beginning of the line. */
  readonly indent: string;
  /** What a section moves its lines in by. */
  readonly step: string;
  readonly newline: string;
  /** A directive as the neighbour would write it: names in its case, words in its quotes. */
  readonly spell: (directive: DirectiveWords) => string;
}

/** The style of a node's line; what it does not show is taken from the rest of the file. */
export function styleNear(text: string, node: Node): Style {
  const { line } = node;
  const raw = text.slice(line.start, line.end);
  return {
    indent: /^[ \t]*/.exec(raw)?.[0] ?? "",
    step: /^\t/m.test(text) && !/^ +[^ \t\r\n]/m.test(text) ? "\t" : "    ",
    newline: newlineOf(raw) ?? newlineOf(text) ?? "\n",
    spell: (directive) => spelled(text, node, directive),
  };
}

function newlineOf(text: string): string | undefined {
  const at = text.indexOf("\n");
  if (at === -1) return undefined;
  return text[at - 1] === "\r" ? "\r\n" : "\n";
}

function spelled(text: string, node: Node, { name, words }: DirectiveWords): string {
  const same = node.kind === "directive" && node.name.toLowerCase() === name.toLowerCase();
  const neighbours = same ? argumentsOf(text, node) : [];
  const plain = neighbours.find((word) => !word.text.includes("="));
  const parameter = neighbours.find((word) => word.text.includes("="));
  const written = words.map((word) => quoteLike(text, word.includes("=") ? parameter : plain, fromUnicode(word)));
  return [same ? node.name : name, ...written].join(" ");
}
