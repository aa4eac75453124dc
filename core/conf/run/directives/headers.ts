import { expressionRefusal } from "../expression/refusal.js";
import { badRegex } from "./regex-refusal.js";
import { refused } from "../refusal.js";
import type { Objection, Refusal } from "../refusal.js";
import { compiles } from "../../../httpd/regex.js";
import { behaves } from "../../../vocabulary/behaviours.js";
import type { LoadedModules } from "../modules/loaded.js";
import type { Call, Check } from "./call.js";

/** `Header` and `RequestHeader`: modules/metadata/mod_headers.c. */
export const HEADERS: Readonly<Record<string, Check>> = { Header: header, RequestHeader: header };

const ACTIONS = ["add", "set", "setifempty", "append", "merge", "unset", "echo", "note", "edit", "edit*"];

/** Format letters, each maybe behind `{...}`. */
const LETTERS = "Dtlibes";

/** `header_cmd` and `header_inout_cmd`. */
function header(call: Call): Objection {
  const words = [...call.words];
  const response = call.rule.name === "Header";
  if (response && /^(?:always|onsuccess)$/i.test(words[0] ?? "")) words.shift();
  const [given = "", name = "", ...rest] = words;
  if (rest.length > 3) return refused(`${call.rule.name} has too many arguments`, QUOTE_VALUE);
  const action = given.toLowerCase();
  if (!ACTIONS.includes(action)) {
    const known = ACTIONS.slice(0, -1).map((one) => `'${one}'`);
    const mend = `write what is done in front of the header's name: ${call.rule.name} set ${given === "" ? "Name" : given} "value"`;
    return refused(`first argument must be ${known.join(", ")}, or 'edit*'.`, mend, given);
  }
  if (action === "note" && !response) {
    const mend = "write Header note, which keeps a header of the answer; of requests nothing can be kept so";
    return refused("RequestHeader does not support the 'note' action", mend, given);
  }
  const cut = action.startsWith("edit") ? editWords(rest) : plainWords(action, name, rest, response);
  if ("sentence" in cut) return cut;
  return (
    conditionComplaint(cut.condition, call.world.modules) ??
    (cut.value === undefined ? undefined : valueComplaint(cut.value, call))
  );
}

interface HeaderWords {
  readonly value: string | undefined;
  readonly condition: string | undefined;
}

function editWords([pattern = "", substitution, condition]: readonly string[]): HeaderWords | Refusal {
  if (substitution === undefined) {
    const mend = "write what is looked for and what stands instead: Header edit Location ^http: https:";
    return refused("Header edit requires a match and a substitution", mend);
  }
  if (!compiles(pattern)) return badRegex("Header edit regex could not be compiled", pattern);
  return { value: substitution, condition };
}

function plainWords(
  action: string,
  name: string,
  [value, condition, tooMuch]: readonly string[],
  response: boolean,
): HeaderWords | Refusal {
  if (tooMuch !== undefined) return refused("Too many arguments to directive", QUOTE_VALUE);
  if (action === "unset") {
    if (condition !== undefined) {
      return refused("header unset takes two arguments", "write unset, the name and at most a condition", condition);
    }
    return { value: undefined, condition: value };
  }
  if (action !== "echo") {
    if (value !== undefined) return { value, condition };
    return refused(
      "Header requires three arguments",
      `write the value behind the name: ${action} ${name === "" ? "Name" : name} "value"`,
    );
  }
  if (condition !== undefined) {
    return refused("Header echo takes two arguments", "write echo, the name and at most a condition", condition);
  }
  if (!response)
    return refused(
      "Header echo only valid on Header directives",
      "write Header echo: it copies headers of the request into the answer",
    );
  if (compiles(name)) return { value: undefined, condition: value };
  return badRegex("Header echo regex could not be compiled", name);
}

const QUOTE_VALUE = 'put a value with blanks in quotes: Header set Name "a value"';

function conditionComplaint(condition: string | undefined, modules: LoadedModules): Objection {
  if (condition === undefined || condition.toLowerCase() === "early") return undefined;
  const kind = condition.slice(0, condition.indexOf("=") + 1).toLowerCase();
  const rest = condition.slice(kind.length);
  if (kind === "expr=") {
    return expressionRefusal({ text: rest }, modules, "Can't parse envclause/expression: ");
  }
  if (kind !== "env=") {
    const mend = "put a value with blanks in quotes; a condition is early, env=NAME, env=!NAME or expr=...";
    return refused(`Unknown parameter: ${condition}`, mend, condition);
  }
  if (rest !== "" && rest !== "!") return undefined;
  const sentence = "error: missing environment variable name. envclause should be in the form env=envar ";
  return refused(sentence, "write the variable's name: env=NAME or env=!NAME", condition);
}

/** `parse_format_string`. */
function valueComplaint(value: string, { world }: Call): Objection {
  // In lower case only: `strncmp`.
  if (value.startsWith("expr=") && behaves(world.httpd, "header-values-are-expressions")) {
    const text = value.slice("expr=".length);
    return expressionRefusal({ text, kind: "text" }, world.modules, "Can't parse value expression : ");
  }
  for (let at = value.indexOf("%"); at >= 0; at = value.indexOf("%", at + 1)) {
    at += 1;
    if (at >= value.length || value[at] === "%") continue;
    if (value[at] === "{") {
      const end = value.indexOf("}", at);
      at = end < 0 ? value.length : end + 1;
    }
    const letter = value[at] ?? "";
    if (letter === "" || !LETTERS.includes(letter)) {
      const mend =
        "write %% for the character, %{NAME}e for a variable, %{NAME}s for one of mod_ssl, %D or %t for times";
      return refused(`Unrecognized header format %${letter}`, mend, value);
    }
  }
  return undefined;
}
