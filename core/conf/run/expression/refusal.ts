import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { LoadedModules } from "../modules/loaded.js";
import { expressionComplaint } from "./complaint.js";
import type { ExpressionKind } from "./complaint.js";

/** An expression as a directive has it. */
export interface ExpressionWord {
  readonly text: string;
  /** @default "condition" */
  readonly kind?: ExpressionKind;
}

/**
 * What a directive says about an expression in it; undefined when it parses.
 *
 * @param before - what the directive puts in front of the parser's words
 */
export function expressionRefusal(
  { text, kind = "condition" }: ExpressionWord,
  modules: LoadedModules,
  before: string,
): Objection {
  const complaint = expressionComplaint(text, modules, kind);
  return complaint === undefined ? undefined : refused(`${before}${complaint}`, mendOf(text, kind, modules), text);
}

/** What most often is wrong with an expression, looked for in this one. */
function mendOf(text: string, kind: ExpressionKind, modules: LoadedModules): string {
  const variable = [...text.matchAll(/%\{([A-Za-z_]+)\}/g)]
    .map(([, name = ""]) => name)
    .find((name) => expressionComplaint(`%{${name}}`, modules, "text") !== undefined);
  if (variable !== undefined) return variableMend(variable);
  if (text.split("%{").length > text.split("}").length) return "close every %{ with a }";
  if (kind === "text")
    return "write variables as %{NAME} and functions as %{name:argument}, as in %{HTTP_HOST} and %{env:NAME}";
  if (/^\s*$/.test(text)) return "write a condition, such as %{REQUEST_URI} =~ m#^/app#";
  if (/(?:^|[^=!<>])=(?:[^=~]|$)/.test(text) && !/['"]/.test(text)) {
    return "put texts in quotes: %{HTTP_HOST} == 'www.example.com'";
  }
  return "put variables in %{ }, texts in quotes and regular expressions in slashes: %{REQUEST_URI} =~ m#^/app# && %{HTTP_HOST} == 'www.example.com'";
}

function variableMend(name: string): string {
  if (/^ssl_/i.test(name)) return `load mod_ssl, whose variable %{${name}} is`;
  if (/^hc_/i.test(name)) return `load mod_proxy_hcheck, whose variable %{${name}} is`;
  return `write %{reqenv:${name}} for a variable of the request, %{env:${name}} for one of the environment, or %{http:${name}} for a header`;
}
