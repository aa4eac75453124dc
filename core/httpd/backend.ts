import { asciiLower } from "./ascii.js";
import { defaultPortOf } from "./default-port.js";
import { parseUri } from "./uri.js";
import { splitSocket } from "./worker-url.js";

/** The parts of a worker's URL that tell one backend from another. */
export interface MemberBackend {
  /** In lower case. */
  readonly scheme: string;
  /** In lower case, without brackets; of a unix socket the host behind `|`. */
  readonly host: string;
  /** As it is written, which httpd takes modulo 65536; the scheme's own where none is. */
  readonly port: number;
  /** Host and port as they are written, which is what `Host` says to the backend. */
  readonly authority: string;
  /** What stands behind host and port, `` or `/app`. */
  readonly path: string;
  /** `user:password` as written; undefined when there is none. */
  readonly credentials: string | undefined;
  /** Path of the unix socket; undefined for TCP. */
  readonly socket: string | undefined;
}

/**
 * Takes a worker's URL apart, as `apr_uri_parse` does, whatever else httpd thinks of it.
 *
 * @returns undefined for a text without scheme and host, and where apr refuses it
 */
export function backendOf(url: string): MemberBackend | undefined {
  const { socket, rest } = splitSocket(url);
  const uri = parseUri(rest);
  if (uri?.scheme === undefined || uri.hostname === undefined) return undefined;
  const { hostname, portText, path = "", query, fragment, user, password } = uri;
  const scheme = asciiLower(uri.scheme);
  const written = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    scheme,
    host: asciiLower(hostname),
    port: portText === undefined || portText === "" ? defaultPortOf(scheme) : Number(portText),
    authority: portText === undefined ? written : `${written}:${portText}`,
    path: `${path}${query === undefined ? "" : `?${query}`}${fragment === undefined ? "" : `#${fragment}`}`,
    credentials: password === undefined ? user : `${user ?? ""}:${password}`,
    socket,
  };
}

/** `host:port` of a backend, which says that two members are the same process. */
export function addressOf({ host, port, socket }: MemberBackend): string {
  return socket === undefined ? `${host}:${port}` : `unix:${socket}`;
}
