/** Words httpd reads as they stand: nothing it would split at, take for a quote or unescape. */
const PLAIN = /^[A-Za-z0-9_.:/|+*@%,=~?&!()^$;[\]-]+$/;

/**
 * A value as one word of a directive's arguments: as it is where httpd reads it as it stands, otherwise in double
 * quotes with `"` and `\` escaped (`ap_getword_conf`, server/util.c).
 *
 * What no quoting helps against, control characters and `${`, `checkTopology` refuses. A word with a hole is always
 * quoted: what will stand there is not known.
 */
export function quoteWord(text: string): string;
export function quoteWord<Hole>(text: string | readonly (string | Hole)[]): string | readonly (string | Hole)[];
export function quoteWord<Hole>(text: string | readonly (string | Hole)[]): string | readonly (string | Hole)[] {
  if (typeof text === "string") return PLAIN.test(text) ? text : `"${escaped(text)}"`;
  if (text.every((piece) => typeof piece === "string")) return quoteWord(text.join(""));
  return ['"', ...text.map((piece) => (typeof piece === "string" ? escaped(piece) : piece)), '"'];
}

/**
 * The expression of ProxyHCExpr: in braces as httpd's manual writes it where the braces in it are in pairs, otherwise
 * quoted (`ap_getword_conf2`, server/util.c).
 */
export function quoteExpression(expression: string): string {
  return bracesBalance(expression) && !expression.includes("\\") ? `{${expression}}` : quoteWord(expression);
}

/** Text behind `#`. A backslash at the end would make httpd take the next line for part of the comment. */
export function commentText(text: string): string {
  return `# ${text}`.replace(/[\\\s]+$/, "");
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, "\\$&");
}

function bracesBalance(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === "{") open++;
    if (character === "}" && --open < 0) return false;
  }
  return open === 0;
}
