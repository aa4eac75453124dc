import type { Pointer } from "../vocabulary/problem.js";
import type { Host } from "./host.js";
import type { WayRequest } from "./request.js";

const LINE = 8190;
const FIELD = 8190;
const FIELDS = 100;
/** A line may be one byte longer than its limit (measured on httpd 2.4.71). */
const SPARE = 1;

/** What CONNECT has in the place of a path: a host and its port (`apr_uri_parse_hostinfo`). */
const AUTHORITY = /^(?:\[[^\]/?#@]*\]|[^:[/?#@]*):[+-]?[0-9]+$/;

/** What httpd takes for a target: a path, or a URL of its own schemes that names no user (measured on httpd 2.4.71). */
const TARGET = /^(?:\/|https?:\/(?!\/[^/?#]*@))/i;

/** httpd's own answer to a request it does not read to its end. */
export interface Refused {
  /** 200 for `OPTIONS *`, which is about no path. */
  readonly status: 200 | 400 | 414;
  readonly at?: Pointer;
}

/**
 * `read_request_line` and `ap_get_mime_headers_core` of server/protocol.c: what is too long or too much. The limits are
 * those of the host the address leads to.
 */
export function refusedEarly(
  { method = "GET", path, headers = {} }: WayRequest,
  { limits }: Host,
): Refused | undefined {
  const strange = strangeTarget(method, path);
  if (strange !== undefined) return strange;
  const line = limits.line?.value ?? LINE;
  if (`${method} ${path} HTTP/1.1`.length > line + SPARE) return withPlace(414, limits.line?.at);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`.length);
  const field = limits.fieldSize?.value ?? FIELD;
  if (lines.some((length) => length > field + SPARE)) return withPlace(400, limits.fieldSize?.at);
  const fields = limits.fields?.value ?? FIELDS;
  if (fields > 0 && lines.length > fields) return withPlace(400, limits.fields?.at);
  return undefined;
}

function strangeTarget(method: string, path: string): Refused | undefined {
  if (method === "OPTIONS" && path === "*") return { status: 200 };
  return (method === "CONNECT" ? AUTHORITY : TARGET).test(path) ? undefined : { status: 400 };
}

function withPlace(status: 400 | 414, at: Pointer | undefined): Refused {
  return at === undefined ? { status } : { status, at };
}
