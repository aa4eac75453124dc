import { directiveExample } from "./directive-examples.js";
import { refused } from "./refusal.js";
import type { Objection } from "./refusal.js";
import type { CommandRule } from "../../vocabulary/command-tables.js";

/**
 * Complains about the number of words as `invoke_cmd` does (server/config.c); undefined when it is right. An empty
 * first word (`""`) counts as none.
 *
 * @param words - the words of `args`
 */
export function countComplaint(rule: CommandRule, args: string, words: readonly string[]): Objection {
  if (rule.form === "RAW_ARGS" || rule.form === "TAKE_ARGV") return undefined;
  if (rule.form === "NO_ARGS") {
    if (args === "") return undefined;
    return refused(`${rule.name} takes no arguments`, `write ${rule.name} with nothing behind it`);
  }
  if (rule.form === "FLAG") {
    if (/^(on|off)$/i.test(words[0] ?? "")) return undefined;
    return refused(`${rule.name} must be On or Off`, `write ${rule.name} On or ${rule.name} Off`, words[0]);
  }
  const form = FORMS[rule.form];
  if (form.accepts(words)) return undefined;
  return refused(`${rule.name} ${form.text}${rule.help === "" ? "" : `, ${rule.help}`}`, countMend(rule, words, form));
}

/** What to do about too few or too many words. */
function countMend(rule: CommandRule, words: readonly string[], { least, most }: CountedForm): string {
  const comment = words.findIndex((word, at) => at > 0 && /^(?:#|\/\/)/.test(word));
  if (comment > 0) return "put the comment on a line of its own, behind #";
  const example = directiveExample(rule);
  const name = example?.split(" ", 1)[0] ?? rule.name;
  const such = example === undefined ? "" : `: ${example}`;
  const filled = words.filter((word) => word !== "").length;
  if (filled > most) {
    const superfluous = words[most] ?? "";
    return most === 1
      ? `leave one word behind ${name}, in quotes if it holds blanks; take '${superfluous}' away${such}`
      : `take '${superfluous}' and what follows away, or put words that belong together in quotes${such}`;
  }
  if (filled >= least) return `write two words or all three${such}`;
  const missing = least - filled;
  return `write ${missing === 1 ? "what is missing" : `the ${missing} words that are missing`} behind ${name}${such}`;
}

interface CountedForm {
  readonly text: string;
  /** Fewest and most words. */
  readonly least: number;
  readonly most: number;
  readonly accepts: (words: readonly string[]) => boolean;
}

/** A form with `least` to `most` words; `filled` of them must not be empty. */
const counted = (text: string, least: number, most: number, filled: number): CountedForm => ({
  text,
  least,
  most,
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
    least: 1,
    most: 3,
    accepts: (words) => {
      const [first = "", second = ""] = words;
      return first !== "" && words.length <= 3 && (second === "" || words.length === 3);
    },
  },
  ITERATE: {
    text: "requires at least one argument",
    least: 1,
    most: Infinity,
    accepts: (words) => (words[0] ?? "") !== "",
  },
  ITERATE2: {
    text: "requires at least two arguments",
    least: 2,
    most: Infinity,
    accepts: (words) => (words[0] ?? "") !== "" && words.length >= 2,
  },
} as const satisfies Record<string, CountedForm>;
