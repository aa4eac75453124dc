import type { LoadedModules } from "../modules/loaded.js";
import { ExpressionParser } from "./parser.js";
import { ExpressionScanner } from "./scanner.js";

/** What an expression gives: a truth value, or text put together from literals and variables. */
export type ExpressionKind = "condition" | "text";

/**
 * What httpd's expression parser says about an expression (`ap_expr_parse` of server/util_expr_eval.c); undefined when
 * it parses. Which names it knows depends on the modules that are loaded.
 */
export function expressionComplaint(
  text: string,
  modules: LoadedModules,
  kind: ExpressionKind = "condition",
): string | undefined {
  const parser = new ExpressionParser(new ExpressionScanner(text, kind === "text"), modules);
  return kind === "text" ? textComplaint(text, parser) : parser.condition();
}

/** Text without a single character is good: nothing is asked of the parser then. */
function textComplaint(text: string, parser: ExpressionParser): string | undefined {
  return text === "" ? undefined : parser.text();
}
