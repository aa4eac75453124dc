import { refused } from "../refusal.js";
import type { Refusal } from "../refusal.js";

/**
 * A regular expression that does not compile.
 *
 * @param sentence - httpd's
 * @param pattern - as it is written
 */
export function badRegex(sentence: string, pattern: string): Refusal {
  return refused(sentence, regexMend(pattern), pattern);
}

/** What most often is wrong with an expression, looked for in this one. */
function regexMend(pattern: string): string {
  const bare = pattern.replace(/\\./gs, "");
  const outside = bare.replace(/\[\]?[^\]]*\]/g, "");
  const [opened, closed] = [count(outside, "("), count(outside, ")")];
  if (opened > closed) return "close every '(' of the regular expression with a ')', or write \\( for the character";
  if (closed > opened) return "open every ')' of the regular expression with a '(', or write \\) for the character";
  if (/^[*+?]|[(|][*+?](?![:=!<])/.test(outside)) return "put something in front of *, + or ?: .* stands for anything";
  if (outside.includes("["))
    return "close the '[' of the regular expression with a ']', or write \\[ for the character";
  return "correct the regular expression: PCRE does not compile it (pcre2test shows where)";
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
