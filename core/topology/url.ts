import { strtol } from "../vocabulary/c-number.js";
import { SCHEMES, isSchemeName } from "../vocabulary/schemes.js";

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

/** A URL while its parts are being found. */
type GrowingUri = { -readonly [Part in keyof Uri]: Uri[Part] };

const SCHEME_END = /[:/]/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const AUTHORITY_END = /[/?#]/g;

/** Default ports that apr leaves out of a URL: `schemes[]` of apr-util's apr_uri.c, the ones that matter here. */
const APR_PORTS: Readonly<Record<string, number>> = { ftp: 21, http: 80, https: 443 };

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

/** A worker as `ap_proxy_define_worker` reads its URL. */
export interface WorkerUrl {
  /** The name httpd knows it by: scheme and host in lower case, the scheme's own port left out, cut at 383 bytes. */
  readonly name: string;
  readonly scheme: string;
  /** In lower case, without the brackets of an IPv6 address. */
  readonly hostname: string;
  /** The port connected to; 0 when scheme and URL name none. */
  readonly port: number;
  /** Path of the URL; undefined for none. */
  readonly path?: string;
  /** Path of the unix socket that is connected to instead of the host. */
  readonly socket?: string;
}

type GrowingWorkerUrl = { -readonly [Part in keyof WorkerUrl]: WorkerUrl[Part] };

/** Longest names, in bytes, of modules/proxy/mod_proxy.h. */
const LONGEST = { name: 383, hostname: 255, socket: 95 } as const;

/**
 * Reads the URL of a worker as `ap_proxy_define_worker` does (modules/proxy/proxy_util.c); a string is httpd's
 * complaint, without the directive it is put behind.
 *
 * @param match - true for ProxyPassMatch, where `$1` may stand right behind a port
 */
export function readWorkerUrl(url: string, match = false): WorkerUrl | string {
  const { socket, rest } = splitSocket(url);
  const moved = match ? movePortReferences(rest) : { text: rest, references: "" };
  const uri = parseUri(moved.text);
  if (uri === undefined) return `Unable to parse URL: ${url}`;
  const hostname = hostOf(uri) ?? (socket === undefined ? undefined : "localhost");
  if (uri.scheme === undefined || hostname === undefined) return `URL must be absolute!: ${url}`;
  const scheme = asciiLower(uri.scheme);
  const own = isSchemeName(scheme) ? SCHEMES[scheme].defaultPort : 0;
  if (hostname.length > LONGEST.hostname) return `worker hostname (${hostname}) too long`;
  if (socket !== undefined && socket.length > LONGEST.socket) return `worker uds path (${socket}) too long`;
  const path = moved.references === "" ? uri.path : `${moved.references}${uri.path ?? ""}`;
  const shown = uri.port === own ? 0 : uri.port;
  const parts: GrowingUri & { scheme: string; hostname: string } = Object.assign(uri, {
    scheme,
    hostname,
    port: shown,
  });
  if (path !== undefined) parts.path = path;
  const worker: GrowingWorkerUrl = { name: unparse(parts), scheme, hostname, port: shown === 0 ? own : shown };
  if (path !== undefined) worker.path = path;
  if (socket !== undefined) worker.socket = socket;
  return worker;
}

function hostOf(uri: Uri): string | undefined {
  return uri.hostname === "" ? undefined : uri.hostname === undefined ? undefined : asciiLower(uri.hostname);
}

/**
 * True for URLs that are certain to be the worker's name as they stand: a lower-case host, and a port that is no
 * scheme's own. Most members of large files are, and need no further reading.
 */
export function isPlainWorkerName(url: string): boolean {
  return url.length < LONGEST.hostname && PLAIN_NAME.test(url);
}

const PLAIN_NAME =
  /^(?:http|https|ajp|ws|wss):\/\/[a-z0-9.-]+:(?!80$|80\/|443$|443\/|8009$|8009\/)[1-9][0-9]{1,3}(?:\/[^?#]*)?$/;

/** `unix:/path|url` in its two parts. */
function splitSocket(url: string): { readonly socket?: string; readonly rest: string } {
  const bar = /^unix:/i.test(url) ? url.indexOf("|") : -1;
  if (bar < 0) return { rest: url };
  const uri = parseUri(url.slice(0, bar));
  return uri === undefined ? { rest: url } : { socket: uri.path ?? "", rest: url.slice(bar + 1) };
}

function movePortReferences(text: string): { readonly text: string; readonly references: string } {
  const parts = /^(.*?:\/\/[^:/]*:[^$/]*?)(\$[0-9][^/]*)(.*)$/s.exec(text);
  if (parts === null) return { text, references: "" };
  return { text: `${parts[1] ?? ""}${parts[3] ?? ""}`, references: parts[2] ?? "" };
}

/** `apr_uri_unparse` with the password shown, cut to the length of a worker's name. */
function unparse(uri: Uri & { readonly scheme: string; readonly hostname: string }): string {
  const { scheme, user, password, hostname, portText, port, path = "", query, fragment } = uri;
  const login = `${user ?? ""}${password === undefined ? "" : `:${password}`}`;
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  const plain = portText === undefined || port === 0 || port === APR_PORTS[scheme];
  const site = `${user === undefined ? "" : `${login}@`}${host}${plain ? "" : `:${portText}`}`;
  const tail = `${query === undefined ? "" : `?${query}`}${fragment === undefined ? "" : `#${fragment}`}`;
  return `${scheme}://${site}${path}${tail}`.slice(0, LONGEST.name);
}

/**
 * The URL behind a `unix:` socket, as workers are looked up by (`ap_proxy_de_socketfy`); other URLs as they are.
 * Undefined when no scheme follows the `|`.
 */
export function withoutSocket(url: string): string | undefined {
  const bar = /^unix:/i.test(url) ? url.indexOf("|") : -1;
  if (bar < 0) return url;
  const rest = url.slice(bar + 1);
  const colon = rest.indexOf(":");
  if (colon < 0) return undefined;
  return colon === rest.length - 1 ? `${rest}//localhost` : rest;
}

/** True for names that httpd takes for balancers: `balancer:` in any case. */
export function isBalancerUrl(url: string): boolean {
  return /^balancer:/i.test(url);
}

/**
 * The name a balancer is kept under: lower case, without a path (`ap_proxy_get_balancer`); undefined when it is not
 * `scheme://` and at least one character.
 */
export function balancerKey(url: string): string | undefined {
  const colon = url.indexOf(":");
  if (colon < 0 || !url.startsWith("//", colon + 1) || url.length < colon + 4) return undefined;
  const slash = url.indexOf("/", colon + 3);
  return asciiLower(slash < 0 ? url : url.slice(0, slash));
}

/** Lower case as C's `tolower` has it: only A to Z change. */
export function asciiLower(text: string): string {
  return UPPER.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

const UPPER = /[A-Z]/;
