/** Arguments and flags of a RewriteRule or RewriteCond. */
export interface RewriteWords {
  readonly first: string;
  readonly second: string;
  /** By name in lower case; a flag without a value has an empty one. Repeated ones are all there. */
  readonly flags: readonly (readonly [string, string])[];
}

/** `parseargline` and `cmd_parseflagfield` of mod_rewrite.c; undefined for what httpd refuses. */
export function rewriteWords(text: string): RewriteWords | undefined {
  const words: string[] = [];
  let at = 0;
  while (words.length < 3) {
    while (isBlank(text[at])) at++;
    if (at >= text.length) break;
    const quote = text[at] === '"' || text[at] === "'" ? text[at++] : undefined;
    const start = at;
    while (at < text.length && (quote === undefined ? !isBlank(text[at]) : text[at] !== quote)) {
      at += text[at] === "\\" && isBlank(text[at + 1]) ? 2 : 1;
    }
    words.push(text.slice(start, at));
    at++;
  }
  const [first, second, flags] = words;
  if (first === undefined || second === undefined) return undefined;
  return { first, second, flags: flagsOf(flags ?? "[]") };
}

function flagsOf(text: string): RewriteWords["flags"] {
  const flags = text.replace(/^\[/, "").replace(/\]$/, "");
  return flags
    .split(",")
    .map((flag) => flag.trim())
    .filter((flag) => flag !== "")
    .map((flag) => {
      const equals = flag.indexOf("=");
      const name = equals === -1 ? flag : flag.slice(0, equals);
      return [name.toLowerCase(), equals === -1 ? "" : flag.slice(equals + 1)] as const;
    });
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && /[ \t\n\v\f\r]/.test(character);
}
