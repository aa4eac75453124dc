import { cutWord } from "../../httpd/word.js";
import type { CommandRule } from "./modules/command-tables.js";

/** The words of a directive's text, as its form cuts them. */
export function wordsOf(args: string): readonly string[] {
  const words: string[] = [];
  for (let word = cutWord(args, 0); word !== undefined; word = cutWord(args, word.next)) words.push(word.text);
  return words;
}

/**
 * Complains about the number of words as `invoke_cmd` does (server/config.c); undefined when it is right. An empty
 * first word (`""`) counts as none.
 *
 * @param words - the words of `args`
 */
export function countComplaint(rule: CommandRule, args: string, words: readonly string[]): string | undefined {
  if (rule.form === "RAW_ARGS" || rule.form === "TAKE_ARGV") return undefined;
  if (rule.form === "NO_ARGS") return args === "" ? undefined : `${rule.name} takes no arguments`;
  if (rule.form === "FLAG") {
    return /^(on|off)$/i.test(words[0] ?? "") ? undefined : `${rule.name} must be On or Off`;
  }
  const form = FORMS[rule.form];
  if (form.accepts(words)) return undefined;
  return `${rule.name} ${form.text}${rule.help === "" ? "" : `, ${rule.help}`}`;
}

interface CountedForm {
  readonly text: string;
  readonly accepts: (words: readonly string[]) => boolean;
}

/** A form with `least` to `most` words; `filled` of them must not be empty. */
const counted = (text: string, least: number, most: number, filled: number): CountedForm => ({
  text,
  accepts: (words) =>
    words.length >= least && words.length <= most && words.slice(0, filled).every((word) => word !== ""),
});

const FORMS = {
  TAKE1: counted("takes one argument", 1, 1, 1),
  TAKE2: counted("takes two arguments", 2, 2, 2),
  TAKE12: counted("takes 1-2 arguments", 1, 2, 1),
  TAKE3: counted("takes three arguments", 3, 3, 3),
  TAKE23: counted("takes two or three arguments", 2, 3, 2),
  TAKE123: counted("takes one, two or three arguments", 1, 3, 1),
  TAKE13: {
    text: "takes one or three arguments",
    accepts: (words) => {
      const [first = "", second = ""] = words;
      return first !== "" && words.length <= 3 && (second === "" || words.length === 3);
    },
  },
  ITERATE: {
    text: "requires at least one argument",
    accepts: (words) => (words[0] ?? "") !== "",
  },
  ITERATE2: {
    text: "requires at least two arguments",
    accepts: (words) => (words[0] ?? "") !== "" && words.length >= 2,
  },
} as const satisfies Record<string, CountedForm>;
