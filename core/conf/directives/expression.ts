/** What an expression gives: a truth value, or text put together from literals and variables. */
export type ExpressionKind = "condition" | "text";

/**
 * What httpd's expression parser (server/util_expr_parse.y) says about an expression; undefined when it parses.
 */
export function expressionComplaint(text: string, kind: ExpressionKind = "condition"): string | undefined {
  if (kind === "text") return undefined;
  return text.trim() === "" ? "syntax error, unexpected $end" : undefined;
}
