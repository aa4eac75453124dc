import { cutWord } from "../httpd/word.js";

/** A line of mod_jk in an httpd.conf. */
export interface JkLine {
  /** In lower case: `jkmount`. */
  readonly name: string;
  readonly words: readonly string[];
  readonly text: string;
  /** True in a section, whose path decides where it counts. */
  readonly inside: boolean;
}

/** A line as mod_jk's, or undefined for one that is not. */
export function jkLineOf(text: string): JkLine | undefined {
  const words: string[] = [];
  for (let word = cutWord(text, 0); word !== undefined; word = cutWord(text, word.next)) words.push(word.text);
  const [first = "", ...rest] = words;
  if (!isJkName(first)) return undefined;
  return { name: first.toLowerCase(), words: rest, text: text.trim(), inside: /^\s/.test(text) };
}

/** True for the name of a directive of mod_jk. */
export function isJkName(name: string): boolean {
  return /^jk[a-z]+$/i.test(name);
}
