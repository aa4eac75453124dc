import { cutWord } from "../../httpd/word.js";
import type { Word } from "./tree.js";

/**
 * A word as a file writes it: in the quotes its predecessor has, without quotes where httpd reads it as it stands, in
 * double quotes otherwise.
 *
 * @param text - the text of the file
 * @param like - the word it replaces or stands beside
 */
export function quoteLike(text: string, like: Word | undefined, word: string): string {
  const quote = like === undefined ? "" : text.slice(like.start, like.start + 1);
  if (quote === '"' || quote === "'") return quoted(word, quote);
  return readsAsItStands(word) ? word : quoted(word, '"');
}

function quoted(word: string, quote: string): string {
  return `${quote}${word.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
}

function readsAsItStands(word: string): boolean {
  const cut = cutWord(word, 0);
  return cut?.text === word && cut.end === word.length && !word.endsWith("\\") && !word.includes(">");
}
