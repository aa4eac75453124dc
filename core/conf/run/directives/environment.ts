import { expressionRefusal } from "../expression/refusal.js";
import { badRegex } from "./regex-refusal.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import { compiles } from "../../../httpd/regex.js";
import type { Call, Check } from "./call.js";

/** Directives of modules/metadata/mod_setenvif.c. */
export const ENVIRONMENT: Readonly<Record<string, Check>> = {
  SetEnvIf: (call) => setEnvIf(call, call.words),
  SetEnvIfNoCase: (call) => setEnvIf(call, call.words),
  BrowserMatch: (call) => setEnvIf(call, ["User-Agent", ...call.words]),
  BrowserMatchNoCase: (call) => setEnvIf(call, ["User-Agent", ...call.words]),
  SetEnvIfExpr(call) {
    const [expression = "", feature = ""] = call.words;
    const mend = 'write SetEnvIfExpr "%{REQUEST_URI} =~ m#^/app#" NAME=value';
    if (expression === "") return refused("Missing expression for SetEnvIfExpr", mend);
    const before = `Could not parse expression "${expression}": `;
    const complaint = expressionRefusal({ text: expression }, call.world.modules, before);
    if (complaint !== undefined) return complaint;
    return feature === "" ? refused("Missing envariable expression for SetEnvIfExpr", mend) : undefined;
  },
};

/** True for a word with a backslash at its end: without other special characters it is no expression to httpd. */
function endsInEscape(pattern: string): boolean {
  return /^(?:[^\\^.$|()[\]*+?{}]|\\[\\^.$|()[\]*+?{}])*\\$/.test(pattern);
}

/** `add_setenvif_core`. */
function setEnvIf(call: Call, words: readonly string[]): Objection {
  const [field = "", pattern = "", feature = ""] = words;
  const { name } = call.rule;
  const browser = name.startsWith("Browser");
  const mend = `write ${name} ${browser ? "" : "User-Agent "}"a regular expression" NAME=value`;
  if (field === "") return refused(`Missing header-field name for ${name}`, mend);
  if (pattern === "") return refused(`Missing regular expression for ${name}`, mend);
  const plain = !name.endsWith("NoCase") && endsInEscape(pattern);
  if (!plain && !compiles(pattern)) return badRegex(`${name} regex could not be compiled.`, pattern);
  if (!/^[-A-Za-z0-9_]*$/.test(field) && !compiles(field)) {
    return badRegex(`${name}Header name regex could not be compiled.`, field);
  }
  return feature === "" ? refused(`Missing envariable expression for ${name}`, mend) : undefined;
}
