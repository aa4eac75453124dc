import type { RouteSection } from "./dir-conf.js";
import { changeVariable } from "./env-change.js";
import { isPattern, wildcards } from "../httpd/fnmatch.js";
import { regexOf } from "./regex.js";
import type { Pattern } from "./regex.js";
import type { Going } from "./request.js";

/** `<Location>` and `<LocationMatch>`: `ap_location_walk` of server/request.c. */
export function locationCovers(argument: string, regex: boolean): RouteSection["covers"] {
  if (regex) {
    const expression = regexOf(argument);
    return (going) => (expression === undefined ? undefined : captured(expression, going, going.uri));
  }
  if (isPattern(argument)) {
    const expression = wildcards(argument, "path");
    return ({ uri }) => expression?.test(uri);
  }
  return ({ uri }) => coversPrefix(argument, uri);
}

/** `<Proxy>` and `<ProxyMatch>`: `proxy_walk` of mod_proxy.c, over the URL behind `proxy:`. */
export function proxyCovers(argument: string, regex: boolean): RouteSection["covers"] {
  if (regex) {
    const expression = regexOf(argument);
    return (going) => (expression === undefined ? undefined : captured(expression, going, urlOf(going)));
  }
  if (isPattern(argument)) {
    const expression = wildcards(argument, "text");
    return (going) => expression?.test(urlOf(going));
  }
  return (going) => urlOf(going).startsWith(argument);
}

function urlOf({ filename = "" }: Going): string {
  return filename.slice("proxy:".length);
}

/** Named groups become variables: `MATCH_NAME`. */
function captured(pattern: Pattern, going: Going, text: string): boolean {
  const match = pattern.exec(text);
  if (match === undefined) return false;
  for (const [index, name] of pattern.names.entries()) {
    const value = match[index + 1];
    if (name !== undefined && value !== undefined) changeVariable(`MATCH_${name}`, value, going);
  }
  return true;
}

/** By whole segments, unless the prefix ends in a slash. */
function coversPrefix(prefix: string, uri: string): boolean {
  if (!uri.startsWith(prefix)) return false;
  const end = uri.charAt(prefix.length);
  return prefix === "" || prefix.endsWith("/") || end === "" || end === "/";
}
