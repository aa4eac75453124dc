import { withOneColon } from "../../../httpd/uri.js";
import { SCHEMES } from "../../../vocabulary/schemes.js";
import { nearestName } from "../../../vocabulary/suggest.js";

/**
 * What to write instead of a worker's URL that httpd cannot read.
 *
 * @param url - as it is written
 */
export function urlMend(url: string): string {
  const single = withOneColon(url);
  if (single !== undefined) return `write ${single}`;
  if (/^balancer:/i.test(url)) return "write balancer:// and a name: balancer://mycluster";
  const scheme = /^([a-z0-9+.-]+):/i.exec(url)?.[1];
  const rest = scheme === undefined ? "" : url.slice(scheme.length + 1);
  if (scheme?.toLowerCase() === "file") return NO_FILE;
  if (scheme !== undefined && isScheme(scheme)) return ofScheme(scheme, rest);
  if (/^\/\/./.test(url)) return `write http:${url}`;
  if (/^[a-z0-9.-]+:[0-9]+(?:\/|$)/i.test(url)) return `write http://${url}`;
  const meant = scheme === undefined ? undefined : nearestName(scheme, Object.keys(SCHEMES));
  if (meant !== undefined) return ofScheme(meant, rest);
  if (/^[a-z0-9.-]+$/i.test(url) && url.includes(".")) return `write http://${url}`;
  if (url.startsWith("/"))
    return "write where the application listens: http://10.0.0.1:8080/; a file or folder is served by Alias";
  return "write scheme, host and port: http://10.0.0.1:8080";
}

const NO_FILE =
  "take it away: httpd fetches nothing from files. A page for the time when no member serves is ErrorDocument 503 /sorry.html beside ProxyPass /sorry.html !, or a member of its own with status=+H";

function isScheme(word: string): boolean {
  return Object.hasOwn(SCHEMES, word.toLowerCase());
}

function ofScheme(scheme: string, rest: string): string {
  const site = rest.replace(/^[/:]+/, "");
  const port = /^\[?[^/\]]*\]?:([^/]*)/.exec(site)?.[1];
  if (site === "") return `write the host behind it: ${scheme}://10.0.0.1:8080`;
  if (!rest.startsWith("//") || rest.startsWith("///")) return `write ${scheme}://${site}`;
  if (/^[0-9a-f]*:[0-9a-f:]+(?:\/|$)/i.test(site) && site.split(":").length > 2) {
    return "put an IPv6 address in brackets: http://[fd00::1]:8080";
  }
  if (port !== undefined && !/^[0-9]{1,5}$/.test(port)) return `write a port of digits behind the colon, not '${port}'`;
  return `write ${scheme}://, a host of letters, digits, dots and hyphens, and a port: ${scheme}://10.0.0.1:8080`;
}
