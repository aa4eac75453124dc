import { argumentsOf, nameWordOf } from "./arguments.js";
import { fromUnicode, toUnicode } from "../../httpd/bytes.js";
import { quoteLike } from "./quote-like.js";
import { styleNear } from "./style.js";
import type { DirectiveWords } from "./style.js";
import type { Directive, Node, Section, Tree, Word } from "./tree.js";

export type { DirectiveWords } from "./style.js";

/** A replacement of the bytes from `start` to `end` (not included); an insertion where both are equal. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  /** One character a byte, as the text it goes into. */
  readonly text: string;
}

/**
 * The text with all edits made; every byte outside of them stays as it is.
 *
 * Insertions at one place are made in the order given.
 *
 * @throws RangeError when edits overlap or leave the text
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: replacement } of edits.toSorted((left, right) => left.start - right.start)) {
    if (start < at || end < start || end > text.length)
      throw new RangeError(`edits overlap or leave the text at ${start}`);
    pieces.push(text.slice(at, start), replacement);
    at = end;
  }
  return [...pieces, text.slice(at)].join("");
}

/**
 * Gives a directive, or the opening line of a section, parameters: changes the last `key=value` with each key, which
 * is the one that counts, or adds one behind the last word. No edit for what has that value already.
 */
export function setParameters(
  { text }: Tree,
  node: Node,
  parameters: Readonly<Record<string, string>>,
): readonly Edit[] {
  const words = argumentsOf(text, node);
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [key, value] of Object.entries(parameters)) {
    const known = words.findLast((word) => isParameter(word, key));
    const name = known === undefined ? key : toUnicode(known.text.slice(0, known.text.indexOf("=")));
    const word = fromUnicode(`${name}=${value}`);
    if (known === undefined) added.push(` ${quoteLike(text, undefined, word)}`);
    else if (known.text !== word)
      edits.push({ start: known.start, end: known.end, text: quoteLike(text, known, word) });
  }
  const last = words.at(-1) ?? nameWordOf(text, node);
  if (added.length === 0 || last === undefined) return edits;
  return [...edits, { start: last.end, end: last.end, text: `${closing(text, last)}${added.join("")}` }];
}

/** Takes every `key=value` with that key out of a directive, with the blanks before it. */
export function removeParameter({ text }: Tree, node: Node, key: string): readonly Edit[] {
  const words = argumentsOf(text, node);
  return words.flatMap((word, index) => {
    if (!isParameter(word, key)) return [];
    const before = words[index - 1] ?? nameWordOf(text, node);
    return [{ start: before?.end ?? word.start, end: word.end, text: "" }];
  });
}

/** Replaces one word of a directive, quoted as it was. */
export function replaceWord({ text }: Tree, word: Word, replacement: string): readonly Edit[] {
  if (toUnicode(word.text) === replacement) return [];
  return [{ start: word.start, end: word.end, text: quoteLike(text, word, fromUnicode(replacement)) }];
}

/**
 * Adds a directive on a line of its own behind a node (behind the closing line of a section), indented, spelt, quoted
 * and ended as its neighbour.
 */
export function insertAfter({ text }: Tree, node: Node, directive: DirectiveWords): readonly Edit[] {
  const style = styleNear(text, node);
  const end = endOf(node);
  const line = `${style.indent}${style.spell(directive)}`;
  if (end > 0 && text[end - 1] !== "\n") return [{ start: end, end, text: `${style.newline}${line}` }];
  return [{ start: end, end, text: `${line}${style.newline}` }];
}

/** Adds a directive on a line of its own in front of a node. */
export function insertBefore({ text }: Tree, node: Node, directive: DirectiveWords): readonly Edit[] {
  const style = styleNear(text, node);
  const { start } = node.line;
  return [{ start, end: start, text: `${style.indent}${style.spell(directive)}${style.newline}` }];
}

/**
 * Adds a directive to a section: behind the last one of the same name in it, else behind its last node, else as its
 * only line.
 */
export function insertInto(tree: Tree, section: Section, directive: DirectiveWords): readonly Edit[] {
  const { text } = tree;
  const directives = section.children.filter((child): child is Directive => child.kind === "directive");
  const twin = directives.findLast(({ name }) => name.toLowerCase() === directive.name.toLowerCase());
  const neighbour = twin ?? directives.at(-1);
  if (neighbour !== undefined) return insertAfter(tree, neighbour, directive);
  const style = styleNear(text, section);
  const { end } = section.line;
  const line = `${style.indent}${style.step}${style.spell(directive)}`;
  if (text[end - 1] !== "\n") return [{ start: end, end, text: `${style.newline}${line}` }];
  return [{ start: end, end, text: `${line}${style.newline}` }];
}

/** Takes a directive or a section out with all its lines. */
export function removeNode(_tree: Tree, node: Node): readonly Edit[] {
  return [{ start: node.line.start, end: endOf(node), text: "" }];
}

/** Offset behind the last byte of a node, its end of line included. */
function endOf(node: Node): number {
  let last: Node = node;
  while (last.kind === "section") {
    if (last.close !== undefined) return last.close.end;
    const child: Node | undefined = last.children.at(-1);
    if (child === undefined) break;
    last = child;
  }
  return last.line.end;
}

function isParameter(word: Word, key: string): boolean {
  const equals = word.text.indexOf("=");
  return equals !== -1 && word.text.slice(0, equals).toLowerCase() === key.toLowerCase();
}

/** The quote that a last word lacks: without it, what is added would be read as part of the word. */
function closing(text: string, word: Word): string {
  const quote = text[word.start] ?? "";
  if (quote !== '"' && quote !== "'") return "";
  const inner = text.slice(word.start + 1, word.end);
  return inner.endsWith(quote) && !/(^|[^\\])(\\\\)*\\$/.test(inner.slice(0, -1)) ? "" : quote;
}
