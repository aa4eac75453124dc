import { expressionRefusal } from "../expression/refusal.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Call, Check } from "./call.js";

/** Directives of modules/loggers/mod_log_config.c. */
export const LOGS: Readonly<Record<string, Check>> = {
  LogFormat: (call) => formatComplaint(call.words[0] ?? "", call),
  TransferLog: () => undefined,
  CustomLog: customLog,
  GlobalLog: customLog,
};

function customLog(call: Call): Objection {
  const [, format = "", condition] = call.words;
  if (condition !== undefined) {
    const complaint = conditionComplaint(condition, call);
    if (complaint !== undefined) return complaint;
  }
  return formatComplaint(format, call);
}

function conditionComplaint(condition: string, call: Call): Objection {
  if (/^env=/i.test(condition)) return undefined;
  if (/^expr=/i.test(condition)) {
    return expressionRefusal({ text: condition.slice("expr=".length) }, call.world.modules, "");
  }
  const mend = "put a format with blanks in quotes; a condition is env=NAME, env=!NAME or expr=...";
  return refused("error in condition clause", mend, condition);
}

/** Format letters of mod_log_config and mod_logio; mod_ssl adds two. */
const LETTERS = "aAbBCDefhHiIklLmnoOpPqrRsStTuUvVX";

/** `parse_log_item`. */
function formatComplaint(format: string, call: Call): Objection {
  const letters = call.world.modules.has("ssl_module") ? `${LETTERS}cx` : LETTERS;
  for (let at = format.indexOf("%"); at >= 0; at = format.indexOf("%", at + 1)) {
    if (format[at + 1] === "%") {
      at += 1;
      continue;
    }
    at = skipModifiers(format, at + 1);
    const letter = format[at];
    if (letter === undefined) {
      const mend = "write a letter behind the last %, or %% for the character; close every { with a }";
      return refused("Ran off end of LogFormat parsing args to some directive", mend, format);
    }
    if (/^\^(?:ti|to|FB)/.test(format.slice(at, at + 3))) at += 2;
    else if (!letters.includes(letter)) {
      const ssl = letter === "x" || letter === "c";
      const mend = ssl
        ? `load mod_ssl, which knows %${letter}`
        : `write %% for the character, or a letter of mod_log_config instead of ${letter}`;
      return refused(`Unrecognized LogFormat directive %${letter}`, mend, format);
    }
  }
  return undefined;
}

function skipModifiers(format: string, from: number): number {
  let at = from;
  for (;;) {
    if (format[at] === "{") {
      const end = format.indexOf("}", at);
      at = end < 0 ? format.length : end + 1;
    } else if (/[!<>,0-9]/.test(format[at] ?? "")) {
      at += 1;
    } else {
      return at;
    }
  }
}
