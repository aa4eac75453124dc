/**
 * How much of the path a prefix takes, as `alias_match` has it (modules/proxy/mod_proxy.c, httpd 2.4.71): whole segments, several slashes count as one;
 * a prefix that ends in `/` needs that slash.
 */
export function matchedLength(uri: string, prefix: string): number | undefined {
  let at = 0;
  let from = 0;
  while (from < prefix.length) {
    if (prefix[from] === "/") {
      if (uri[at] !== "/") return undefined;
      while (prefix[from] === "/") from++;
      while (uri[at] === "/") at++;
    } else if (prefix[from++] !== uri[at++]) return undefined;
  }
  const whole = prefix.endsWith("/") || at === uri.length || uri[at] === "/";
  return whole ? at : undefined;
}

/** True when a prefix takes every path that another one takes. */
export function coversPrefix(prefix: string, other: string): boolean {
  return matchedLength(other, prefix) !== undefined;
}
