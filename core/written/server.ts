import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { Layout } from "../vocabulary/layouts.js";
import type { Pointer } from "../vocabulary/problem.js";
import { clusterNamed } from "../topology/seen-cluster.js";
import { clustersOf, isProxying, speaksTlsToBackends } from "../topology/usage.js";
import type { BackendTls, Cluster, Server, Topology, VirtualHost } from "../topology/topology.js";
import { writeCluster, writeHealthChecks } from "./cluster.js";
import { writeTlsHardening } from "./hardening.js";
import { directive, paragraphs, section } from "./line.js";
import type { WrittenLine } from "./line.js";
import { writeLocations } from "./locations.js";
import { writeMounts } from "./mounts.js";
import { aside, given, printed } from "./piece.js";
import type { Piece } from "./piece.js";
import { writeBackendTls, writeFrontTls, writeNames, writeSettings } from "./scope.js";

/** Everything about balancing of one server: settings, health checks, clusters, mounts and virtual hosts. */
export function writeServer(topology: Topology, server: Server, layout: Layout): readonly WrittenLine[] {
  const at = serverPointer(topology, server);
  const hosts = server.virtualHosts.map((host, index) =>
    section(
      "VirtualHost",
      host.addresses,
      printedScope(topology, { server, host, layout, at: hostPointer(at, index) }),
    ),
  );
  return paragraphs(printedScope(topology, { server, layout, at }), ...hosts);
}

/** `Listen` lines. */
export function writeListen({ listen }: Server): readonly WrittenLine[] {
  return listen.map(({ address, port }) =>
    directive("Listen", address === undefined ? String(port) : `${address}:${port}`),
  );
}

/** A main server or virtual host that is written. */
export interface ScopePlace {
  readonly server: Server;
  /** Absent for the main server. */
  readonly host?: VirtualHost;
  readonly layout: Layout;
  /** Of the scope, in the topology. */
  readonly at: Pointer;
}

/** Where a server stands. */
export function serverPointer({ servers }: Topology, server: Server): Pointer {
  return `/servers/${servers.indexOf(server)}`;
}

/** Where a virtual host stands, by the place of its server. */
export function hostPointer(server: Pointer, index: number): Pointer {
  return `${server}/virtualHosts/${index}`;
}

/** All that is written into a main server or virtual host, in paragraphs, in the order of the file. */
export function writeScope(topology: Topology, place: ScopePlace): readonly (readonly Piece[])[] {
  const { server, host, layout, at } = place;
  const scope = host ?? server;
  const { httpd } = topology;
  const clusters = clustersOf(topology, server).filter((cluster) => cluster.scope === host?.name);
  const backendTls = backendTlsOf(topology, server, host);
  const alone = host === undefined && isProxying(topology, server);
  return [
    [
      aside(() => [...writeNames(scope), ...(alone ? [directive("ProxyRequests", "Off")] : [])]),
      ...writeSettings(scope, at),
    ],
    scope.tls === undefined
      ? []
      : [...writeFrontTls(scope.tls, httpd, `${at}/tls`), ...writeTlsHardening(server, scope, httpd, `${at}/tls`)],
    backendTls === undefined ? [] : [aside(() => writeBackendTls(backendTls, layout.caFile, httpd))],
    [aside(() => writeChecks(topology, clusters))],
    ...writeClusters(topology, clusters),
    [...writeMounts(scope, at), aside(() => writeMethods(topology, server, host))],
    writeLocations(scope, httpd, at),
    given(scope.extra, `${at}/extra`),
  ];
}

function printedScope(topology: Topology, place: ScopePlace): readonly WrittenLine[] {
  return paragraphs(...writeScope(topology, place).map(printed));
}

function writeClusters({ clusters: all }: Topology, clusters: readonly Cluster[]): readonly (readonly Piece[])[] {
  const indexes = new Map(all.map((cluster, index) => [cluster, index]));
  return clusters.map((cluster) => [writeCluster(cluster, `/clusters/${indexes.get(cluster) ?? -1}`)]);
}

/**
 * The lbmethod of the main server's clusters that a virtual host mounts, once more: a host that names a balancer takes
 * over all of its settings but this one (measured on httpd 2.4.71).
 */
function writeMethods(topology: Topology, server: Server, host: VirtualHost | undefined): readonly WrittenLine[] {
  if (host === undefined) return [];
  const mounted = host.mounts.flatMap(({ to, via }) =>
    to.kind === "cluster" && via === undefined ? [to.cluster] : [],
  );
  return [...new Set(mounted)].flatMap((name) => {
    const cluster = clusterNamed(topology, name, { server, host })?.cluster;
    const method = cluster?.scope === undefined ? cluster?.parameters.lbmethod : undefined;
    if (method === undefined || method === BALANCER_PARAMETERS.lbmethod.default) return [];
    return [directive("ProxySet", `balancer://${name}`, `lbmethod=${method}`)];
  });
}

function backendTlsOf(topology: Topology, server: Server, host: VirtualHost | undefined): BackendTls | undefined {
  const declared = host?.backendTls ?? server.backendTls;
  if (declared !== undefined && (host === undefined || host.backendTls !== undefined)) return declared;
  if (!speaksTlsToBackends(topology, server, host)) return undefined;
  return declared ?? { verify: { kind: "required" } };
}

/** Those that members of these clusters use: they count only in the server or virtual host they are defined in. */
function writeChecks(
  { healthCheckTemplates, healthCheckExpressions }: Topology,
  clusters: readonly Cluster[],
): readonly WrittenLine[] {
  const parameters = clusters.flatMap(({ members }) => members.map((member) => member.parameters));
  const usedTemplates = new Set(parameters.flatMap(({ hctemplate }) => hctemplate?.toLowerCase() ?? []));
  const templates = healthCheckTemplates.filter(({ name }) => usedTemplates.has(name.toLowerCase()));
  const users = [...parameters, ...templates.map((template) => template.parameters)];
  const usedExpressions = new Set(users.flatMap(({ hcexpr }) => hcexpr?.toLowerCase() ?? []));
  return writeHealthChecks(
    templates,
    healthCheckExpressions.filter(({ name }) => usedExpressions.has(name.toLowerCase())),
  );
}
