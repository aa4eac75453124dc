/**
 * True when httpd (PCRE2 10.42) compiles a regular expression. What JavaScript reads differently is put into its own
 * words first; a pattern with something only PCRE has counts as good.
 */
export function compiles(pattern: string): boolean {
  const adapted = adapt(pattern);
  if (adapted === undefined) return true;
  try {
    new RegExp(adapted);
    return true;
  } catch {
    return false;
  }
}

/** The pattern for JavaScript; undefined when only PCRE can tell. */
function adapt(pattern: string): string | undefined {
  const flags = /^\(\?[imsx-]+\)/.exec(pattern)?.[0] ?? "";
  const body = pattern.slice(flags.length);
  if (ONLY_PCRE.test(body)) return undefined;
  return body;
}

/** Possessive quantifiers, atomic and conditional groups, recursion, POSIX classes, verbs, comments, `\Q`, `\K`. */
const ONLY_PCRE = /\(\?(?:[>|#&P'R0-9+(-]|[imsxnJ^-]+[:)])|\(\*|[*+?}]\+|\[\[:|\\[QEKRGgkpPXhHvVNAZzCcxo]/;
