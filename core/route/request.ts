import type { Pointer } from "../vocabulary/problem.js";
import type { Doubt } from "./doubt.js";

/** A request as it arrives, as far as its way depends on it. */
export interface WayRequest {
  /** @default "GET" */
  readonly method?: string;
  /** Path and query as sent. */
  readonly path: string;
  /** By name in any case. Headers that are not here are not sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of the body. @default 0 */
  readonly body?: number;
  /** Address of the client. @default - nobody knows it: rules about it are not judged */
  readonly client?: string;
}

/** Where a client connects to. */
export interface Listener {
  /** Address of this machine that was called. @default - nobody knows it */
  readonly address?: string;
  readonly port: number;
}

/**
 * `request_rec` while it goes through httpd's phases: what directives read and change. Values are text, one character a
 * byte.
 */
export interface Going {
  readonly listener: Listener;
  readonly client: string | undefined;
  readonly doubt: Doubt;
  method: string;
  /** `r->the_request`. */
  readonly line: string;
  /** `r->unparsed_uri`. */
  unparsed: string;
  /** Over TLS; undefined where nobody here can say. */
  readonly secure: boolean | undefined;
  /** `ap_http_scheme`; undefined before the host is known. */
  readonly scheme: string | undefined;
  /** `ap_get_server_name_for_url`; undefined where it is the machine's own name. */
  readonly calledName: string | undefined;
  /** `ap_get_server_port`; undefined where it may be another one than it is called by. */
  readonly calledPort: number | undefined;
  /** DocumentRoot without a slash at its end. */
  readonly documentRoot: string;
  /** DocumentRoot is known: a line says it, or it was measured for the layout. */
  readonly rooted: boolean;
  /** Header lines as sent, by lower-case name; early changes are in. */
  headers: Map<string, string>;
  /** Environment of the request. */
  env: Map<string, string>;
  /** Keys of variables that some line gives a value. */
  readonly named: ReadonlySet<string>;
  /** Variables of httpd's own environment, which nobody here knows, and the lines that pass them on. */
  passed: Map<string, Pointer>;
  /** `r->uri`: the decoded path. */
  uri: string;
  /** `r->args`: the query; undefined when there is none. */
  args: string | undefined;
  /** `r->filename`: a path of the file system, or `proxy:URL`. */
  filename: string | undefined;
  /** The line that says where the file would lie; undefined for the DocumentRoot that is compiled in. */
  place: Pointer | undefined;
  /** True once it is a proxied request. */
  proxied: boolean;
  /** The note "proxy-nocanon". */
  verbatim: boolean;
  /** A rule with [END] was applied. */
  ended: boolean;
  /** `r->handler`. */
  handler: string | undefined;
  /** The note of a rule with [H], which takes the place of every other handler at the end of the fixups. */
  forcedHandler: string | undefined;
  /** Bytes of the body. */
  readonly body: number;
  /** Lines that decided so far. */
  by: readonly Pointer[];
  /** What the sections came to. */
  merged: Merged | undefined;
  /** The same of the request that led to this one by an internal redirect (`r->prev`). */
  previous: Merged | undefined;
  /** Status of the first of the requests before this one that all have a status but 200: errors, or rules with [R]. */
  failed: number | undefined;
  /** Error documents of answers that ProxyErrorOverride took, one behind the other. */
  overridden: number;
  /** `r->status`, not 200 behind an error. */
  status: number;
}

/** What the sections that hold for a request came to. */
export interface Merged {
  /** Known by its identity alone. */
  readonly conf: object;
  /** Asked again where the request had been given its place: a file, or a URL. */
  readonly placed: boolean;
}
