import { serverNameOf } from "../httpd/server-name.js";
import type { ServerName } from "../httpd/server-name.js";
import { portOf } from "../topology/ports.js";
import type { Server, Topology, VirtualHost } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Layout } from "../vocabulary/layouts.js";
import type { Pointer } from "../vocabulary/problem.js";
import { compileScope } from "./compile.js";
import { isNamedOrSet } from "./core-lines.js";
import type { DirConf } from "./dir-conf.js";
import { mergeDirConf } from "./merge-dir-conf.js";
import { judged } from "./doubt.js";
import type { Doubt } from "./doubt.js";
import { frontOf } from "./front.js";
import type { Host } from "./host.js";
import { inherited } from "./host.js";
import { loadedBy } from "./loaded.js";
import { refusedEarly } from "./receive.js";
import type { Going, Listener, WayRequest } from "./request.js";
import { hasDocument, walkDocument, walkHost } from "./walk-host.js";
import type { BackendError } from "./walk-host.js";
import { sameEnd } from "./walked.js";
import type { Walked } from "./walked.js";
import { placed, started } from "./start.js";
import { connectionOf, hostNamed, hostTable } from "./virtual-host.js";
import type { HostTable } from "./virtual-host.js";
import { hostPointer, serverPointer } from "../written/server.js";

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
      /** A slash that was sent as `%2F` and not decoded is sent on so; else its `%` is encoded once more. */
      readonly keepsSlashes: boolean;
      /** The query that goes along where `url` does not hold it. */
      readonly query: string | undefined;
      /** No member of the balancer can be sent the path: once one is chosen, httpd answers 400 itself. */
      readonly halfEncoded?: true;
    }
  | { readonly kind: "answer"; readonly status: number; readonly location?: string };

/** What the client gets in place of an error. */
export interface ErrorWay {
  /** Whether httpd answers in the place of a backend that answered with this status. */
  readonly overrides: (status: number) => boolean;
  /** The way of the error document; undefined where httpd answers with the status itself. */
  readonly document: (error: BackendError) => Way | undefined;
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
  const loaded = loadedBy(topology, server);
  const compiled = (host: VirtualHost | undefined, place: Pointer): Host => {
    const serverName = namedBy(host ?? server);
    const lines = frontOf(topology, server, host, place);
    const port = ownPort(serverName, host?.addresses);
    return compileScope(lines, { name: host?.name, serverName, port, loaded, ofCore: isNamedOrSet(host ?? server) });
  };
  const main = compiled(undefined, at);
  const hosts = server.virtualHosts.map((host, index) => {
    const own = compiled(host, hostPointer(at, index));
    return inherited(own, main, mergeDirConf(main.base, own.base));
  });
  const asking = [main, ...hosts].find((one) => one.asksPaths !== undefined)?.asksPaths;
  const asksPaths = asking ?? (main.loaded.asksPaths ? at : undefined);
  const all = hosts.map((one) => ({ ...one, asksPaths }));
  return {
    table: hostTable(server.virtualHosts, at, ownPort(main.serverName)),
    main: { ...main, asksPaths },
    hosts: all,
    root: documentRoot,
  };
}

/** `server_rec.port`: that of a name, even where it says none; without a name the first address's. */
function ownPort(serverName: ServerName | undefined, [address = ""]: readonly string[] = []): number | undefined {
  return serverName === undefined ? portOf(address) : serverName.port;
}

function namedBy({ serverName }: Pick<Server, "serverName">): ServerName | undefined {
  return serverName === undefined ? undefined : serverNameOf(serverName);
}

function walkThrough(compiled: Compiled, listener: Listener, request: WayRequest, doubt: Doubt): Walked {
  const { table, main, hosts, root } = compiled;
  const connection = connectionOf(table, listener, doubt);
  const base = hosts[connection.base] ?? main;
  const going = started(listener, request, doubt, base.secure === true);
  const early = refusedEarly(request, base);
  if (early !== undefined) {
    const by = early.at === undefined ? [] : [early.at];
    return { end: { kind: "answer", status: early.status, by }, conf: base.base, going, host: base };
  }
  const host = hosts[hostNamed(table, connection, going.headers.get("host"))] ?? main;
  return walkHost(host, placed(going, host, root), request.path);
}

function wayOf({ end, conf, going, host }: Walked, doubts: readonly Pointer[]): Way {
  const { by, ...to } = end;
  return {
    to,
    error: going.status === 200 ? undefined : going.failed,
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
  return { overrides: (status) => overrides(conf, status), document: (error) => documentWay(at, error) };
}

/** `ap_proxy_http_process_response` of mod_proxy_http.c, where an answer has a body. */
function keptStatus({ status, line }: Going, conf: DirConf): number | undefined {
  return status !== 200 && overrides(conf, status) && !line.startsWith("HEAD ") ? status : undefined;
}

/** `ap_proxy_should_override` of proxy_util.c: all errors from 400 on, or those that are named. */
function overrides({ errorOverride }: DirConf, status: number): boolean {
  if (errorOverride?.value.on !== true) return false;
  const { codes } = errorOverride.value;
  return codes.length === 0 ? status >= 400 : codes.includes(status);
}

function documentWay(at: Pick<Walked, "host" | "conf" | "going">, error: BackendError): Way | undefined {
  if (!hasDocument(at, error)) return undefined;
  const { value, doubts } = judged((doubt) => walkDocument(at, error, doubt), sameEnd);
  return wayOf(value, doubts);
}
