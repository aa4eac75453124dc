import { defaultPort } from "../httpd/server-name.js";
import type { Doubt } from "./doubt.js";
import type { Host } from "./host.js";
import type { Going, Listener, WayRequest } from "./request.js";

/** Stands for a DocumentRoot that nobody can tell from the configuration. */
const SOME_ROOT = "/\u0000root";

/**
 * The request as it was read, before a host is chosen.
 *
 * @param secure - over TLS
 */
export function started(listener: Listener, request: WayRequest, doubt: Doubt, secure = false): Going {
  const { method = "GET", path, headers = {}, body = 0, client } = request;
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const authority = authorityOf(request, secure);
  if (authority !== undefined) sent.set("host", hostHeader(authority));
  const [, calledName, port] = /^(.*?)(?::([0-9]+))?$/.exec(sent.get("host") ?? "") ?? [];
  return {
    listener,
    client,
    doubt,
    body,
    secure: undefined,
    calledName: calledName === "" ? undefined : hostname(calledName),
    calledPort: port === undefined ? undefined : Number(port),
    scheme: undefined,
    documentRoot: SOME_ROOT,
    rooted: false,
    method,
    line: `${method} ${path} HTTP/1.1`,
    unparsed: path,
    headers: sent,
    env: new Map(),
    named: new Set(),
    passed: new Map(),
    uri: path,
    args: undefined,
    filename: undefined,
    place: undefined,
    proxied: false,
    verbatim: false,
    ended: false,
    handler: undefined,
    forcedHandler: undefined,
    by: [],
    failed: undefined,
    overridden: 0,
    merged: undefined,
    previous: undefined,
    status: 200,
  };
}

/** What a target that is a whole URL has in front of its path (`apr_uri_parse`). */
const WHOLE = /^https?:\/\/([^/?#]*)/i;

/** The path and query of a target; CONNECT names a host and no path (`ap_parse_uri` of server/protocol.c). */
export function pathOf(method: string, target: string): string {
  if (target.startsWith("/")) return target;
  if (method === "CONNECT") return "/";
  const path = target.replace(WHOLE, "");
  return path.startsWith("/") || path === target ? path : `/${path}`;
}

/** The host and port that a target names itself: those of a URL count where its scheme is the one that is spoken. */
function authorityOf({ method, path }: WayRequest, secure: boolean): string | undefined {
  if (method === "CONNECT") return path;
  return path.toLowerCase().startsWith(secure ? "https:" : "http:") ? WHOLE.exec(path)?.[1] : undefined;
}

/** `construct_host_header` of server/vhost.c: what the target names takes the place of what the Host header says. */
function hostHeader(authority: string): string {
  const [, name = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(:[0-9]+)?/.exec(authority) ?? [];
  return `${hostname(name) ?? ""}${port}`;
}

/** `fix_hostname` of server/vhost.c: in lower case, without a dot at its end. */
function hostname(called: string | undefined): string | undefined {
  return called?.toLowerCase().replace(/\.$/, "");
}

/** `ap_http_scheme`, `ap_get_server_name_for_url`, `ap_get_server_port`: where the client says none, the host's own. */
function calledBy({ calledName, calledPort }: Going, { secure, serverName, port, canonical }: Host) {
  const scheme = serverName?.scheme ?? (secure === true ? "https" : "http");
  if (canonical !== undefined) return { scheme, calledName: undefined, calledPort: undefined };
  return { scheme, calledName: calledName ?? serverName?.name, calledPort: calledPort ?? port ?? defaultPort(scheme) };
}

/** What the host says about itself. */
export function placed(going: Going, host: Host, compiled: string | undefined): Going {
  const { documentRoot, secure, named } = host;
  const root = documentRoot?.value ?? compiled;
  return {
    ...going,
    named,
    secure: secure ?? false,
    documentRoot: root ?? SOME_ROOT,
    rooted: root !== undefined,
    ...calledBy(going, host),
  };
}
