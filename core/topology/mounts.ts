import { fromUnicode } from "../httpd/bytes.js";
import { matchedLength } from "../httpd/prefix.js";
import { matcherOf } from "../httpd/regex.js";
import { orderLocations, orderMounts } from "./mount-order.js";
import { portCalled, portOf } from "./ports.js";
import { decodedPath } from "../httpd/request-path.js";
import { clusterNamed } from "./seen-cluster.js";
import type { SeenCluster } from "./seen-cluster.js";
import type { Mount, Server, ServerScope, Text, Topology, VirtualHost } from "./topology.js";

/** A request as far as routing looks at it. */
export interface RoutedRequest {
  /** Path and query as the client sent them. */
  readonly path: string;
  /** Server of the topology. @default - the first one */
  readonly server?: string;
  /** Port the client connected to. @default - that of the Host header where the server is reached there, else its first one */
  readonly port?: number;
  /** Host header. @default - none, which leads to the first virtual host of the port */
  readonly host?: string;
}

/** Where a request goes. */
export type Routing =
  /** To a member of the cluster; a cluster without members answers 503. */
  | ({ readonly kind: "cluster"; readonly mount: Mount; readonly url: string } & SeenCluster)
  /** To one backend without a balancer. */
  | { readonly kind: "url"; readonly mount: Mount; readonly url: string }
  /** httpd answers itself. */
  | { readonly kind: "httpd"; readonly status: 400 | 403 | 404 | 500; readonly mount?: Mount; readonly why: string };

/**
 * The mount that serves a request, as `proxy_trans`, `ap_proxy_trans_match` and `alias_match` (modules/proxy/mod_proxy.c)
 * find it: rewrite rules, then the last matching `<Location>`, then the other mounts in order, those of the main server
 * before those of the virtual host; first match wins. Order and concatenation were measured on httpd 2.4.71.
 */
export function routeRequest(topology: Topology, request: RoutedRequest): Routing {
  const server = topology.servers.find(({ name }) => name === request.server) ?? topology.servers[0];
  if (server === undefined) return ownAnswer(404, "no server is described");
  const host = virtualHostOf(server, request);
  const uri = decodedPath(request.path);
  if (typeof uri === "number") return ownAnswer(uri, "the path has a bad or forbidden escape");
  for (const mount of mountsInOrder(server, host)) {
    const target = mountedTarget(mount, uri);
    if (target === undefined) continue;
    if (mount.via === "rewrite" && target.includes("?") && /%3f/i.test(request.path)) {
      return { ...ownAnswer(403, `'${mount.path}' would make a query of a '%3f' (UnsafeAllow3F)`), mount };
    }
    if (target === EXCLUDED) return { ...ownAnswer(404, `'${mount.path}' is excluded from proxying`), mount };
    return leading(topology, { server, host, mount, target });
  }
  return ownAnswer(404, "no mount matches the path");
}

/** The virtual host that answers: by port, then by name, else the first of the port; undefined for the main server. */
export function virtualHostOf(server: Server, request: Omit<RoutedRequest, "path">): VirtualHost | undefined {
  const port = request.port ?? portCalled(server, request.host);
  const candidates = server.virtualHosts.filter(({ addresses }) => addresses.some((address) => serves(address, port)));
  const name = request.host?.replace(/:[0-9]+$/, "").toLowerCase();
  if (name === undefined) return candidates[0];
  return candidates.find((host) => namesOf(host).some((pattern) => matchesName(pattern, name))) ?? candidates[0];
}

/**
 * Mounts in the order httpd tries them.
 *
 * Sections of the virtual host are merged after those of the main server and the last one wins; mounts outside
 * sections are tried from the main server's first one on, so that a main server's `/` hides all of the host's.
 * `ProxyPassInherit Off` changes nothing about mounts (all measured on httpd 2.4.71).
 */
export function mountsInOrder(server: Server, host?: VirtualHost): readonly Mount[] {
  const scopes: readonly ServerScope[] = host === undefined ? [server] : [server, host];
  const mounts = scopes.flatMap(mountsAsWritten);
  const placed = (place: Place): readonly Mount[] => mounts.filter((mount) => placeOf(mount) === place);
  const rewrites = (host ?? server).mounts.filter((mount) => placeOf(mount) === "rewrite");
  return [...rewrites, ...placed("location").toReversed(), ...placed("server"), ...placed("handler").toReversed()];
}

/** Mounts in the order their lines stand in the httpd.conf of a scope, those of sections after the others. */
export function mountsAsWritten({ mounts, mountOrder }: ServerScope): readonly Mount[] {
  if (mountOrder === "given") return mounts;
  const plain = mounts.filter((mount) => placeOf(mount) === "server");
  const others = mounts.filter((mount) => placeOf(mount) !== "server");
  const prefixes = others.filter(({ match }) => match !== true);
  const expressions = others.filter(({ match }) => match === true);
  return [...orderMounts(plain), ...orderLocations(prefixes), ...expressions];
}

/** The target of an exclusion, as httpd writes it. */
const EXCLUDED = "!";

type Place = "rewrite" | "location" | "server" | "handler";

function placeOf(mount: Mount): Place {
  if (mount.via !== undefined) return mount.via;
  return mount.inLocation === true ? "location" : "server";
}

function ownAnswer(status: 400 | 403 | 404 | 500, why: string): Extract<Routing, { kind: "httpd" }> {
  return { kind: "httpd", status, why };
}

interface Lead {
  readonly server: Server;
  readonly host: VirtualHost | undefined;
  readonly mount: Mount;
  readonly target: string;
}

/** Target and remainder are one text by now: what stands before the first `/` is the balancer's name, right or wrong. */
function leading(topology: Topology, { server, host, mount, target }: Lead): Routing {
  const balancer = /^balancer:\/\/([^/?]*)/i.exec(target)?.[1];
  if (balancer === undefined) return { kind: "url", mount, url: target };
  const seen = clusterNamed(topology, balancer, { server, host });
  if (seen !== undefined) return { kind: "cluster", ...seen, mount, url: target };
  return { ...ownAnswer(500, `no balancer is named '${balancer}'`), mount };
}

function mountedTarget(mount: Mount, uri: string): string | undefined {
  return mount.match === true ? matchedTarget(mount, uri) : prefixTarget(mount, uri);
}

function prefixTarget(mount: Mount, uri: string): string | undefined {
  const length = matchedLength(uri, fromUnicode(mount.path));
  if (length === undefined) return undefined;
  if (mount.to.kind === "exclude") return EXCLUDED;
  const target = targetText(mount);
  return mount.via === "handler" ? `${target}${uri}` : `${target}${uri.slice(length)}`;
}

/** httpd substitutes `$0` to `$9`; a target in which that changes nothing gets the whole path appended. */
function matchedTarget(mount: Mount, uri: string): string | undefined {
  const match = matcherOf(fromUnicode(mount.path))?.exec(uri);
  if (match === undefined) return undefined;
  if (mount.to.kind === "exclude") return EXCLUDED;
  const target = targetText(mount);
  const filled = target.replace(/\\(.)|\$([0-9])/g, (_whole, escaped?: string, group?: string) =>
    group === undefined ? (escaped ?? "") : (match[Number(group)] ?? ""),
  );
  return filled === target && mount.via !== "rewrite" ? `${target}${uri}` : filled;
}

function targetText({ to }: Mount): string {
  if (to.kind === "exclude") return EXCLUDED;
  return to.kind === "cluster" ? `balancer://${to.cluster}${to.path}` : literalText(to.url);
}

function literalText(text: Text): string {
  return typeof text === "string" ? text : text.map((part) => (typeof part === "string" ? part : "")).join("");
}

function namesOf(host: VirtualHost): readonly string[] {
  return [...(host.serverName === undefined ? [] : [host.serverName]), ...(host.serverAliases ?? [])];
}

/** ServerAlias knows `*` and `?`. */
function matchesName(pattern: string, name: string): boolean {
  const text = pattern.replace(/:[0-9]+$/, "").toLowerCase();
  const expression = text
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(name);
}

/** Addresses are compared by port only: the interface a client came in by is not part of a request here. */
function serves(address: string, port: number | undefined): boolean {
  const own = portOf(address);
  return own === undefined || own === port;
}
