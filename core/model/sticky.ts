import type { LiveSettings, ModelBalancer } from "./balancer.js";

/** A request as far as stickiness looks at it. */
export interface StickyRequest {
  /** `balancer://name/path?query`, path decoded, query as sent. */
  readonly url: string;
  /** The Cookie header; absent when there is none. */
  readonly cookie?: string;
}

/**
 * The route a request carries (`find_session_route`, modules/proxy/mod_proxy_balancer.c): from the URL, or if that has
 * none from the cookie, and of the value what comes after the first separator. Measured on httpd 2.4.71.
 *
 * @returns undefined when there is none, or an empty one, which no member has
 */
export function routeOf(
  { separator, semicolonDelimits, does }: Pick<ModelBalancer, "separator" | "semicolonDelimits" | "does">,
  sticky: LiveSettings["sticky"],
  request: StickyRequest,
): string | undefined {
  if (sticky === undefined) return undefined;
  const [url = ""] = does.seesQuerySessions ? [request.url] : request.url.split("?", 1);
  const value =
    urlParameter(url, sticky.parameter, semicolonDelimits) ??
    (request.cookie === undefined ? undefined : cookieValue(request.cookie, sticky.cookie));
  if (value === undefined) return undefined;
  if (/^off$/i.test(separator)) return value === "" ? undefined : value;
  const at = value.indexOf(separator);
  const route = at === -1 ? "" : value.slice(at + 1);
  return route === "" ? undefined : route;
}

/**
 * `get_path_param`: the first place where the name stands directly before `=` and something follows; not bound to the
 * start of a parameter, so that `/fooSID=a.r2` matches `SID`. Leading delimiters of the value are skipped.
 */
function urlParameter(url: string, name: string, semicolonDelimits: boolean): string | undefined {
  const value = semicolonDelimits ? /[^;?&]+/ : /[^?&]+/;
  for (let at = url.indexOf(name); at !== -1; at = url.indexOf(name, at)) {
    at += name.length;
    if (url[at] === "=" && at + 1 < url.length) return value.exec(url.slice(at + 1))?.[0];
    at += 1;
    if (at > url.length) return undefined;
  }
  return undefined;
}

/**
 * `get_cookie_param`: the name at the start or after `;`, `,` or a blank, blanks before `=`; the value goes on to `;` or
 * `,` and keeps its quotes. An empty value at the end of the header is none.
 */
function cookieValue(header: string, name: string): string | undefined {
  for (let at = header.indexOf(name); at !== -1; at = header.indexOf(name, at + 1)) {
    if (at > 0 && !/[;,\s]/.test(header[at - 1] ?? "")) continue;
    at += name.length;
    while (/\s/.test(header[at] ?? "")) at++;
    const assigned = header[at] === "=";
    at++;
    if (assigned && at < header.length) return /^[^;,]*/.exec(header.slice(at))?.[0];
  }
  return undefined;
}
