import { strtol } from "./number.js";

/** A URL cut into parts as apr does; parts that are not there are undefined. */
export interface Uri {
  readonly scheme?: string;
  readonly user?: string;
  readonly password?: string;
  readonly hostname?: string;
  /** The text of the port, which may be empty. */
  readonly portText?: string;
  /** The port as apr keeps it: 16 bits. */
  readonly port: number;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

/**
 * Cuts a URL into parts as `apr_uri_parse` of apr-util 1.6.3 does. Nearly everything is a URL to it; undefined is
 * returned for a scheme or a port with other characters than it may have, and for an IPv6 address without its closing
 * bracket.
 */
export function parseUri(text: string): Uri | undefined {
  const uri: GrowingUri = { port: 0 };
  if (text.startsWith("//") && text[2] !== "/") return withAuthority(uri, text, 2) ? uri : undefined;
  const end = text.search(SCHEME_END);
  if (end < 0 || text[end] === "/") {
    addPath(uri, text, 0);
    return uri;
  }
  const scheme = text.slice(0, end);
  if (!SCHEME.test(scheme)) return undefined;
  uri.scheme = scheme;
  if (text.startsWith("//", end + 1)) return withAuthority(uri, text, end + 3) ? uri : undefined;
  addPath(uri, text, end + 1);
  return uri;
}

/**
 * A URL whose port stands behind two colons, `http://a::8080`, with one of them, which is what was meant; undefined for
 * every other.
 */
export function withOneColon(url: string): string | undefined {
  const right = url.replace(/^([a-z0-9+.-]+:\/\/[^/:[\]]+)::(?=[0-9])/i, "$1:");
  return right === url ? undefined : right;
}

/** A URL while its parts are being found. */
type GrowingUri = { -readonly [Part in keyof Uri]: Uri[Part] };

const SCHEME_END = /[:/]/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const AUTHORITY_END = /[/?#]/g;

/** Default ports that apr leaves out of a URL: `schemes[]` of apr-util's apr_uri.c, the ones that matter here. */
export const APR_PORTS: Readonly<Record<string, number>> = { ftp: 21, http: 80, https: 443 };

/** Adds path, query and fragment from an offset on. */
function addPath(uri: GrowingUri, text: string, from: number): void {
  if (from >= text.length) return;
  const query = text.indexOf("?", from);
  const hash = text.indexOf("#", from);
  const hasQuery = query >= 0 && (hash < 0 || query < hash);
  const pathEnd = hasQuery ? query : hash < 0 ? text.length : hash;
  if (pathEnd > from) uri.path = text.slice(from, pathEnd);
  if (hasQuery) uri.query = text.slice(query + 1, hash < 0 ? text.length : hash);
  if (hash >= 0) uri.fragment = text.slice(hash + 1);
}

/** Adds what starts with a host; false where httpd cannot parse it. */
function withAuthority(uri: GrowingUri, text: string, from: number): boolean {
  AUTHORITY_END.lastIndex = from;
  const end = AUTHORITY_END.exec(text)?.index ?? text.length;
  const at = text.lastIndexOf("@", end - 1);
  const host = at < from ? from : at + 1;
  if (at >= from) addCredentials(uri, text.slice(from, at));
  if (!addHost(uri, text.slice(host, end))) return false;
  addPath(uri, text, end);
  return true;
}

function addCredentials(uri: GrowingUri, given: string): void {
  const colon = given.indexOf(":");
  uri.user = colon < 0 ? given : given.slice(0, colon);
  if (colon >= 0) uri.password = given.slice(colon + 1);
}

function addHost(uri: GrowingUri, text: string): boolean {
  const bracketed = text.startsWith("[");
  const bracket = text.indexOf("]");
  if (bracketed && bracket < 0) return false;
  const afterBracket = text[bracket + 1] === ":" ? bracket + 1 : -1;
  const colon = bracketed ? afterBracket : text.indexOf(":");
  const less = bracketed ? 1 : 0;
  uri.hostname = text.slice(less, (colon < 0 ? text.length : colon) - less);
  if (colon < 0) return true;
  const portText = text.slice(colon + 1);
  uri.portText = portText;
  if (portText === "") {
    uri.port = APR_PORTS[uri.scheme ?? ""] ?? 0;
    return true;
  }
  if (!PORT.test(portText)) return false;
  uri.port = PLAIN_PORT.test(portText) ? Number(portText) : Number(BigInt.asUintN(16, strtol(portText)));
  return true;
}

const PORT = /^[ \t\n\v\f\r]*[+-]?[0-9]+$/;
const PLAIN_PORT = /^[0-9]{1,4}$/;
