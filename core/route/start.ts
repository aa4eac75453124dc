import type { Doubt } from "./doubt.js";
import type { Host } from "./host.js";
import type { Going, Listener, WayRequest } from "./request.js";

/** Stands for a DocumentRoot that nobody can tell from the configuration. */
const SOME_ROOT = "/\u0000root";

/** The request as it was read, before a host is chosen. */
export function started(listener: Listener, request: WayRequest, doubt: Doubt): Going {
  const { method = "GET", path, headers = {}, body = 0, client } = request;
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const [, calledName, port] = /^(.*?)(?::([0-9]+))?$/.exec(hostCalled(request, sent) ?? "") ?? [];
  return {
    listener,
    client,
    doubt,
    body,
    secure: undefined,
    calledName: calledName === "" ? undefined : hostname(calledName),
    calledPort: port === undefined ? listener.port : Number(port),
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
    by: [],
    failed: undefined,
    merged: undefined,
    previous: undefined,
    status: 200,
  };
}

/** What a request calls the host: CONNECT by what stands for its path, and not by its Host header (measured on httpd 2.4.71). */
export function hostCalled(
  { method, path }: Pick<WayRequest, "method" | "path">,
  headers: ReadonlyMap<string, string>,
): string | undefined {
  return method === "CONNECT" ? path : headers.get("host");
}

/** `fix_hostname` of server/vhost.c: in lower case, without a dot at its end. */
function hostname(called: string | undefined): string | undefined {
  return called?.toLowerCase().replace(/\.$/, "");
}

/** What the host says about itself. */
export function placed(
  going: Going,
  { documentRoot, secure, serverName, canonical, named }: Host,
  compiled: string | undefined,
): Going {
  const root = documentRoot?.value ?? compiled;
  return {
    ...going,
    named,
    secure: secure ?? false,
    documentRoot: root ?? SOME_ROOT,
    rooted: root !== undefined,
    calledName: canonical === undefined ? (going.calledName ?? serverName?.replace(/:[0-9]+$/, "")) : undefined,
    calledPort: canonical === undefined ? going.calledPort : undefined,
  };
}
