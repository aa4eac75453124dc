import { defaultPortOf } from "../httpd/default-port.js";

/** The parts of a worker's URL that rules compare. */
export interface MemberBackend {
  /** In lower case. */
  readonly scheme: string;
  /** In lower case, without brackets; of a unix socket the host behind `|`. */
  readonly host: string;
  /** As httpd takes it: the scheme's own where none is written. */
  readonly port: number;
  /** What stands behind host and port, `` or `/app`. */
  readonly path: string;
  /** `user:password` as written; undefined when there is none. */
  readonly credentials: string | undefined;
  /** Path of the unix socket; undefined for TCP. */
  readonly socket: string | undefined;
}

const URL = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/@]*)@)?(\[[^\]]*\]|[^/:]*)(?::([0-9]*))?(\/.*)?$/i;

/** Takes a worker's URL apart; undefined when it is none, in which case httpd refuses it. */
export function backendOf(url: string): MemberBackend | undefined {
  const bar = url.startsWith("unix:") ? url.indexOf("|") : -1;
  const match = URL.exec(bar === -1 ? url : url.slice(bar + 1));
  if (match === null) return undefined;
  const scheme = (match[1] ?? "").toLowerCase();
  const port = match[4] ?? "";
  return {
    scheme,
    host: (match[3] ?? "").toLowerCase().replace(/^\[|\]$/g, ""),
    port: port === "" ? defaultPortOf(scheme) : Number(port),
    path: match[5] ?? "",
    credentials: match[2],
    socket: bar === -1 ? undefined : url.slice("unix:".length, bar),
  };
}

/** `host:port` of a backend, which says that two members are the same process. */
export function addressOf({ host, port, socket }: MemberBackend): string {
  return socket === undefined ? `${host}:${port}` : `unix:${socket}`;
}
