import type { Server, Topology, VirtualHost } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Layout } from "../vocabulary/layouts.js";
import type { Pointer } from "../vocabulary/problem.js";
import { compileScope } from "./compile.js";
import type { DirConf } from "./dir-conf.js";
import { inheritDirConf } from "./merge-dir-conf.js";
import { judged } from "./doubt.js";
import type { Doubt } from "./doubt.js";
import { setEnvironment } from "./environment.js";
import { frontOf } from "./front.js";
import { changeHeaders } from "./headers.js";
import type { Host } from "./host.js";
import { inherited } from "./host.js";
import { processed } from "./process.js";
import { refused } from "./receive.js";
import type { Going, Listener, WayRequest } from "./request.js";
import { sameEnd } from "./walked.js";
import type { Walked } from "./walked.js";
import { placed, started } from "./start.js";
import type { Step } from "./step.js";
import { connectionOf, hostNamed, hostTable } from "./virtual-host.js";
import type { HostTable } from "./virtual-host.js";
import { hostPointer, serverPointer } from "../written/server.js";
import { decodedPath } from "../httpd/request-path.js";

/** Where a request goes, and how certain that is. */
export interface Way {
  readonly to: Destination;
  /** Of an error document: the status the client gets should that fail. */
  readonly error: number | undefined;
  /** Of an error document: the status a backend's answer is sent with, where ProxyErrorOverride takes the error's. */
  readonly keeps: number | undefined;
  /** Name of the virtual host that answers; undefined for the main server. */
  readonly host: string | undefined;
  /** False when a line that is not read here could lead elsewhere. */
  readonly judged: boolean;
  /** Lines that decided. */
  readonly by: readonly Pointer[];
  /** Lines that could decide otherwise. */
  readonly doubts: readonly Pointer[];
  /** Headers by lower-case name as a balancer sees them. */
  readonly headers: ReadonlyMap<string, string>;
  /** What a status of a balancer, or one of a backend that ProxyErrorOverride takes, turns into; undefined for itself. */
  readonly errors: ErrorWay | undefined;
}

/** A balancer or backend by its URL, or httpd's own answer. */
export type Destination =
  | {
      readonly kind: "proxy";
      /** With the decoded path. */
      readonly url: string;
      /** `nocanon` or [NE]: what the URL holds goes to the backend as it is, query included. */
      readonly asSent: boolean;
      /** The query that goes along where `url` does not hold it. */
      readonly query: string | undefined;
    }
  | { readonly kind: "answer"; readonly status: number; readonly location?: string };

/** What the client gets in place of an error. */
export interface ErrorWay {
  /** Whether httpd answers in the place of a backend that answered with this status. */
  readonly overrides: (status: number) => boolean;
  /** The way of the error document; undefined where httpd answers with the status itself. */
  readonly document: (status: number) => Way | undefined;
}

/** A server, ready to be asked. */
interface Compiled {
  readonly table: HostTable;
  readonly main: Host;
  readonly hosts: readonly Host[];
  /** Compiled-in DocumentRoot, where it is known. */
  readonly root: string | undefined;
}

const COMPILED = new WeakMap<Server, Compiled>();

/**
 * The way of a request through httpd's phases: to a balancer, to a backend, or to httpd's own answer.
 *
 * @param listener - where the client connects to
 */
export function route(topology: Topology, server: Server, listener: Listener, request: WayRequest): Way {
  const compiled = compiledOf(topology, server);
  const walk = (doubt: Doubt): Walked => walkThrough(compiled, listener, request, doubt);
  const { value, doubts } = judged(walk, sameEnd);
  return wayOf(value, doubts);
}

/** The way of a request where `doubt` says what is assumed about the conditions nobody here can judge. */
export function routeWith(
  topology: Topology,
  server: Server,
  listener: Listener,
  request: WayRequest,
  doubt: Doubt,
): Way {
  return wayOf(walkThrough(compiledOf(topology, server), listener, request, doubt), doubt.lines);
}

function compiledOf(topology: Topology, server: Server): Compiled {
  const compiled = COMPILED.get(server) ?? compile(topology, server);
  COMPILED.set(server, compiled);
  return compiled;
}

function compile(topology: Topology, server: Server): Compiled {
  const at = serverPointer(topology, server);
  const { documentRoot }: Layout = LAYOUTS[server.layout];
  const main = compiledScope(topology, server, undefined, at);
  const hosts = server.virtualHosts.map((host, index) => {
    const own = compiledScope(topology, server, host, hostPointer(at, index));
    return inherited(own, main, inheritDirConf(main.base, own.base));
  });
  const asksPaths = [main, ...hosts].find((one) => one.asksPaths !== undefined)?.asksPaths;
  const all = hosts.map((one) => ({ ...one, asksPaths }));
  return {
    table: hostTable(server.virtualHosts, at),
    main: { ...main, asksPaths },
    hosts: all,
    root: documentRoot,
  };
}

function compiledScope(topology: Topology, server: Server, host: VirtualHost | undefined, at: Pointer): Host {
  const { serverName } = host ?? server;
  return compileScope(frontOf(topology, server, host, at), {
    ...(host !== undefined && { name: host.name }),
    ...(serverName !== undefined && { serverName }),
  });
}

/** Most internal redirects (LimitInternalRecursion). */
const MOST_REDIRECTS = 10;

function walkThrough(compiled: Compiled, listener: Listener, request: WayRequest, doubt: Doubt): Walked {
  const { table, main, hosts, root } = compiled;
  const connection = connectionOf(table, listener, doubt);
  const base = hosts[connection.base] ?? main;
  const going = started(listener, request, doubt);
  const early = refused(request, base);
  if (early !== undefined) {
    const by = early.at === undefined ? [] : [early.at];
    return { end: { kind: "answer", status: early.status, by }, conf: base.base, going, host: base };
  }
  const host = hosts[hostNamed(table, connection, going.headers.get("host"))] ?? main;
  return walkHost(host, placed(going, host, root), request.path);
}

/** From reading the request on; again for each internal redirect and error document. */
function walkHost(host: Host, going: Going, sent: string): Walked {
  let path = sent;
  if (host.forward !== undefined && !sent.startsWith("/")) going.doubt.of(host.forward);
  if (host.keepsSlashes !== undefined) going.doubt.of(host.keepsSlashes);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const step = walkOnce(host, going, path);
    leaveBody(step, going);
    if (host.recursion !== undefined && redirects > 0) going.doubt.of(host.recursion);
    if (step.kind === "again") {
      path = step.path;
      renameEnvironment(going);
      continue;
    }
    const document = step.kind === "answer" ? documentOf(step.conf, step.status) : undefined;
    if (document === undefined || step.kind !== "answer") return { end: step, conf: step.conf, going, host };
    if (going.status !== 200) return { end: { ...step, status: firstError(going) }, conf: step.conf, going, host };
    if (!document.value.startsWith("/")) {
      const status = isUrl(document.value) ? 302 : step.status;
      return { end: { ...step, status, by: [...step.by, document.at] }, conf: step.conf, going, host };
    }
    beginErrorDocument(going, step.status);
    path = document.value;
  }
  const status = going.status === 200 ? 500 : firstError(going);
  return { end: { kind: "answer", status, by: going.by }, conf: host.base, going, host };
}

/** Where an error document fails, `ap_die_r` goes back to the first request of the chain that failed. */
function firstError({ failed, status }: Going): number {
  return failed ?? status;
}

/** Whether a body that is too long for its part of the paths changes httpd's own answer depends on when it is read. */
function leaveBody({ kind, conf: { bodyLimit }, ...step }: Step, going: Going): void {
  if (kind !== "answer" || bodyLimit === undefined || bodyLimit.value === 0 || going.body <= bodyLimit.value) return;
  if (!("status" in step) || step.status !== 413) going.doubt.of(bodyLimit.at);
}

function beginErrorDocument(going: Going, status: number): void {
  going.status = status;
  going.failed ??= status;
  going.method = "GET";
  renameEnvironment(going);
}

function walkOnce(host: Host, going: Going, path: string): Step {
  begin(going, path, host);
  if (host.base.headers !== undefined) changeHeaders(host.base.headers, going, true);
  const uri = decodedPath(path, host.base.encodedSlashes?.value ?? "off");
  setEnvironment(host.environment, going);
  if (typeof uri === "number") return answered(going, { kind: "answer", status: uri, by: [], conf: host.base });
  going.uri = uri;
  return answered(going, processed(going, host));
}

/** An error on the way to an error document ends with the first one. */
function answered(going: Going, step: Step): Step {
  return step.kind === "answer" && going.status !== 200 ? { ...step, status: firstError(going) } : step;
}

function begin(going: Going, path: string, { base }: Host): void {
  going.previous = going.merged;
  going.merged = { conf: base, placed: false };
  const query = path.indexOf("?");
  going.unparsed = path;
  going.uri = (query === -1 ? path : path.slice(0, query)).replace(/^\/{2,}/, "/");
  going.args = query === -1 ? undefined : path.slice(query + 1);
  going.filename = undefined;
  going.place = undefined;
  going.proxied = false;
  going.verbatim = false;
  going.handler = undefined;
}

/** `rename_original_env`. */
function renameEnvironment(going: Going): void {
  going.env = new Map([...going.env].map(([name, value]) => [`REDIRECT_${name}`, value]));
}

function documentOf(
  { errorDocuments }: DirConf,
  status: number,
): { readonly value: string; readonly at: Pointer } | undefined {
  const document = errorDocuments?.get(status);
  return document === undefined || document.value.toLowerCase() === "default" ? undefined : document;
}

function isUrl(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text);
}

function wayOf({ end, conf, going, host }: Walked, doubts: readonly Pointer[]): Way {
  const { by, ...to } = end;
  return {
    to,
    error: going.status === 200 ? undefined : firstError(going),
    keeps: keptStatus(going, conf),
    host: host.name,
    judged: doubts.length === 0,
    by: [...new Set([...going.by, ...by])],
    doubts,
    headers: going.headers,
    errors: errorsOf({ host, conf, going }),
  };
}

function errorsOf(at: Pick<Walked, "host" | "conf" | "going">): ErrorWay | undefined {
  const { conf } = at;
  if (conf.errorDocuments === undefined && conf.errorOverride === undefined) return undefined;
  return { overrides: (status) => overrides(conf, status), document: (status) => documentWay(at, status) };
}

/** `ap_proxy_http_process_response` of mod_proxy_http.c, where an answer has a body. */
function keptStatus({ status, line }: Going, conf: DirConf): number | undefined {
  return status !== 200 && overrides(conf, status) && !line.startsWith("HEAD ") ? status : undefined;
}

/** `ap_proxy_should_override` of proxy_util.c: all errors from 400 on, or those that are named. */
function overrides({ errorOverride }: DirConf, status: number): boolean {
  if (errorOverride === undefined || errorOverride.value === "off") return false;
  return errorOverride.value.length === 0 ? status >= 400 : errorOverride.value.includes(status);
}

/** `ap_die_r` of http_request.c, once a balancer or backend has failed. */
function documentWay({ host, conf, going }: Pick<Walked, "host" | "conf" | "going">, status: number): Way | undefined {
  const document = documentOf(conf, status);
  if (document === undefined || going.status !== 200) return undefined;
  const { value, doubts } = judged((doubt) => {
    const again = { ...going, doubt, headers: new Map(going.headers), env: new Map(going.env), by: [document.at] };
    if (!document.value.startsWith("/")) {
      const end = { kind: "answer", status: isUrl(document.value) ? 302 : status, by: [document.at] } as const;
      return { end, conf, going: again, host };
    }
    beginErrorDocument(again, status);
    return walkHost(host, again, document.value);
  }, sameEnd);
  return wayOf(value, doubts);
}
