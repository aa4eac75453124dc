import { offsetsInFile } from "./lex.js";
import { cutWord } from "../../httpd/word.js";
import type { Line, Node, Word } from "./tree.js";

/**
 * The words behind the name of a directive or section, as httpd cuts them, with their places in the file. Variables
 * are not replaced. Of a section the words end before the last `>`.
 *
 * @param text - the text of the file the node was parsed from
 */
export function argumentsOf(text: string, node: Node): readonly Word[] {
  const all = wordsOf(text, node.line, node.kind === "section");
  return all.slice(1);
}

/** The name as it is written, with its place in the file; undefined for a blank line. */
export function nameWordOf(text: string, node: Node): Word | undefined {
  return wordsOf(text, node.line, node.kind === "section")[0];
}

function wordsOf(text: string, line: Line, section: boolean): readonly Word[] {
  const cut = section ? line.text.lastIndexOf(">") : -1;
  const logical = cut < 0 ? line.text : line.text.slice(0, cut);
  const inFile = offsetsInFile(text, line);
  const words: Word[] = [];
  for (let word = cutWord(logical, 0); word !== undefined; word = cutWord(logical, word.next)) {
    words.push({ text: word.text, start: inFile(word.start), end: inFile(word.end - 1) + 1 });
  }
  return words;
}
