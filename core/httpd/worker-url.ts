import { asciiLower } from "./ascii.js";
import { defaultPortOf } from "./default-port.js";
import { APR_PORTS, parseUri } from "./uri.js";
import type { Uri } from "./uri.js";

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

type Writable<T> = { -readonly [Part in keyof T]: T[Part] };

/** What versions of httpd do differently with the URL of a worker. */
export interface UrlRules {
  /** `unix:/path|url` is understood. */
  readonly sockets: boolean;
  /** An empty host is no host. */
  readonly emptyHostRefused: boolean;
  /** Complaints show the URL: the whole of it, what stands behind the socket, or nothing. */
  readonly shown: "whole" | "behind socket" | "nothing";
}

/** What httpd 2.4.71 does. */
const RULES_OF_TODAY: UrlRules = { sockets: true, emptyHostRefused: true, shown: "whole" };

/**
 * Longest parts of a worker that httpd keeps, in bytes without the end: PROXY_WORKER_MAX_NAME_SIZE,
 * PROXY_WORKER_MAX_HOSTNAME_SIZE and the size of `uds_path` of modules/proxy/mod_proxy.h, httpd 2.4.71.
 */
export const LONGEST = { name: 383, hostname: 255, socket: 95 } as const;

/**
 * Reads the URL of a worker as `ap_proxy_define_worker` does (modules/proxy/proxy_util.c); a string is httpd's
 * complaint, without the directive it is put behind.
 *
 * @param match - true for ProxyPassMatch, where `$1` may stand right behind a port
 * @param rules - what the httpd that reads does; those of 2.4.71 unless said
 */
export function readWorkerUrl(url: string, match = false, rules = RULES_OF_TODAY): WorkerUrl | string {
  const { socket, rest }: SplitUrl = rules.sockets ? splitSocket(url) : { rest: url };
  const moved = match ? movePortReferences(rest) : { text: rest, references: "" };
  const uri = parseUri(moved.text);
  if (uri === undefined) return blamed("Unable to parse URL", url, rest, rules);
  const hostname = hostOf(uri, rules) ?? (socket === undefined ? undefined : "localhost");
  if (uri.scheme === undefined || hostname === undefined) return blamed("URL must be absolute!", url, rest, rules);
  const scheme = asciiLower(uri.scheme);
  const own = defaultPortOf(scheme);
  if (hostname.length > LONGEST.hostname) return `worker hostname (${hostname}) too long`;
  if (socket !== undefined && socket.length > LONGEST.socket) return `worker uds path (${socket}) too long`;
  const path = moved.references === "" ? uri.path : `${moved.references}${uri.path ?? ""}`;
  const shown = uri.port === own ? 0 : uri.port;
  const parts: Writable<Uri> & { scheme: string; hostname: string } = Object.assign(uri, {
    scheme,
    hostname,
    port: shown,
  });
  if (path !== undefined) parts.path = path;
  const worker: Writable<WorkerUrl> = { name: unparse(parts), scheme, hostname, port: shown === 0 ? own : shown };
  if (path !== undefined) worker.path = path;
  if (socket !== undefined) worker.socket = socket;
  return worker;
}

function blamed(sentence: string, url: string, rest: string, { shown }: UrlRules): string {
  return shown === "nothing" ? sentence : `${sentence}: ${shown === "whole" ? url : rest}`;
}

function hostOf({ hostname }: Uri, { emptyHostRefused }: UrlRules): string | undefined {
  return hostname === undefined || (hostname === "" && emptyHostRefused) ? undefined : asciiLower(hostname);
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

interface SplitUrl {
  readonly socket?: string;
  readonly rest: string;
}

/** `unix:/path|url` in its two parts. */
export function splitSocket(url: string): SplitUrl {
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
