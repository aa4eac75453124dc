import { expressionComplaint } from "../expression/complaint.js";
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
    if (expression === "") return "Missing expression for SetEnvIfExpr";
    const complaint = expressionComplaint(expression, call.world.modules);
    if (complaint !== undefined) return `Could not parse expression "${expression}": ${complaint}`;
    return feature === "" ? "Missing envariable expression for SetEnvIfExpr" : undefined;
  },
};

/** True for a word with a backslash at its end: without other special characters it is no expression to httpd. */
function endsInEscape(pattern: string): boolean {
  return /^(?:[^\\^.$|()[\]*+?{}]|\\[\\^.$|()[\]*+?{}])*\\$/.test(pattern);
}

/** `add_setenvif_core`. */
function setEnvIf(call: Call, words: readonly string[]): string | undefined {
  const [field = "", pattern = "", feature = ""] = words;
  const { name } = call.rule;
  if (field === "") return `Missing header-field name for ${name}`;
  if (pattern === "") return `Missing regular expression for ${name}`;
  const plain = !name.endsWith("NoCase") && endsInEscape(pattern);
  if (!plain && !compiles(pattern)) return `${name} regex could not be compiled.`;
  if (!/^[-A-Za-z0-9_]*$/.test(field) && !compiles(field)) return `${name}Header name regex could not be compiled.`;
  return feature === "" ? `Missing envariable expression for ${name}` : undefined;
}
