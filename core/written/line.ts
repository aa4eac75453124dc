import type { Deferred, Text } from "../topology/topology.js";
import { commentText, quoteWord } from "../httpd/quote.js";

/** One line to be written, without its end; holes stay holes. */
export type WrittenLine = readonly (string | Deferred)[];

/** How far a section's lines are moved in. */
const INDENT = "    ";

/** `Name word word ...`, every word quoted where httpd would misread it. */
export function directive(name: string, ...words: readonly Text[]): WrittenLine {
  return line(name, ...words.map((word) => quoteWord(word)));
}

/** As {@link directive}, with words that are quoted already. */
export function line(name: string, ...words: readonly Text[]): WrittenLine {
  if (words.every((word) => typeof word === "string")) return [[name, ...words].join(" ")];
  return [name, ...words.flatMap((word) => [" ", ...(typeof word === "string" ? [word] : word)])];
}

/** `<Name word> ... </Name>` around lines. */
export function section(name: string, words: readonly Text[], body: readonly WrittenLine[]): readonly WrittenLine[] {
  return [
    [`<${name}`, ...directive("", ...words), ">"],
    ...body.map((inner) => (inner.length === 0 ? [] : [INDENT, ...inner])),
    [`</${name}>`],
  ];
}

/** `# text` */
export function comment(text: string): WrittenLine {
  return [commentText(text)];
}

/** A line as it was given. */
export function verbatim(text: string): WrittenLine {
  return [text];
}

/** Groups of lines with an empty line between those that have any. */
export function paragraphs(...groups: readonly (readonly WrittenLine[])[]): readonly WrittenLine[] {
  return groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? group : [[], ...group]));
}
