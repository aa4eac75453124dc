import { expressionComplaint } from "../expression/complaint.js";
import { compiles } from "../../../httpd/regex.js";
import type { LoadedModules } from "../modules/loaded.js";
import type { Call, Check } from "./call.js";

/** `Header` and `RequestHeader`: modules/metadata/mod_headers.c. */
export const HEADERS: Readonly<Record<string, Check>> = { Header: header, RequestHeader: header };

const ACTIONS = ["add", "set", "setifempty", "append", "merge", "unset", "echo", "note", "edit", "edit*"];

/** Format letters, each maybe behind `{...}`. */
const LETTERS = "Dtlibes";

/** `header_cmd` and `header_inout_cmd`. */
function header(call: Call): string | undefined {
  const words = [...call.words];
  const response = call.rule.name === "Header";
  if (response && /^(?:always|onsuccess)$/i.test(words[0] ?? "")) words.shift();
  const [given = "", name = "", ...rest] = words;
  if (rest.length > 3) return `${call.rule.name} has too many arguments`;
  const action = given.toLowerCase();
  if (!ACTIONS.includes(action)) {
    return `first argument must be ${ACTIONS.slice(0, -1)
      .map((known) => `'${known}'`)
      .join(", ")}, or 'edit*'.`;
  }
  if (action === "note" && !response) return "RequestHeader does not support the 'note' action";
  const cut = action.startsWith("edit") ? editWords(rest) : plainWords(action, name, rest, response);
  if (typeof cut === "string") return cut;
  return (
    conditionComplaint(cut.condition, call.world.modules) ??
    (cut.value === undefined ? undefined : valueComplaint(cut.value, call.world.modules))
  );
}

interface HeaderWords {
  readonly value: string | undefined;
  readonly condition: string | undefined;
}

function editWords([pattern = "", substitution, condition]: readonly string[]): HeaderWords | string {
  if (substitution === undefined) return "Header edit requires a match and a substitution";
  if (!compiles(pattern)) return "Header edit regex could not be compiled";
  return { value: substitution, condition };
}

function plainWords(
  action: string,
  name: string,
  [value, condition, tooMuch]: readonly string[],
  response: boolean,
): HeaderWords | string {
  if (tooMuch !== undefined) return "Too many arguments to directive";
  if (action === "unset") {
    if (condition !== undefined) return "header unset takes two arguments";
    return { value: undefined, condition: value };
  }
  if (action !== "echo") return value === undefined ? "Header requires three arguments" : { value, condition };
  if (condition !== undefined) return "Header echo takes two arguments";
  if (!response) return "Header echo only valid on Header directives";
  return compiles(name) ? { value: undefined, condition: value } : "Header echo regex could not be compiled";
}

function conditionComplaint(condition: string | undefined, modules: LoadedModules): string | undefined {
  if (condition === undefined || condition.toLowerCase() === "early") return undefined;
  const kind = condition.slice(0, condition.indexOf("=") + 1).toLowerCase();
  const rest = condition.slice(kind.length);
  if (kind === "expr=") {
    const complaint = expressionComplaint(rest, modules);
    return complaint === undefined ? undefined : `Can't parse envclause/expression: ${complaint}`;
  }
  if (kind !== "env=") return `Unknown parameter: ${condition}`;
  if (rest !== "" && rest !== "!") return undefined;
  return "error: missing environment variable name. envclause should be in the form env=envar ";
}

/** `parse_format_string`. */
function valueComplaint(value: string, modules: LoadedModules): string | undefined {
  if (/^expr=/i.test(value)) {
    const complaint = expressionComplaint(value.slice("expr=".length), modules, "text");
    return complaint === undefined ? undefined : `Can't parse value expression : ${complaint}`;
  }
  for (let at = value.indexOf("%"); at >= 0; at = value.indexOf("%", at + 1)) {
    at += 1;
    if (at >= value.length || value[at] === "%") continue;
    if (value[at] === "{") {
      const end = value.indexOf("}", at);
      at = end < 0 ? value.length : end + 1;
    }
    const letter = value[at] ?? "";
    if (letter === "" || !LETTERS.includes(letter)) return `Unrecognized header format %${letter}`;
  }
  return undefined;
}
