import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { Layout } from "../vocabulary/layouts.js";
import { clusterNamed } from "../topology/seen-cluster.js";
import { clustersOf, isProxying, speaksTlsToBackends } from "../topology/usage.js";
import type { BackendTls, Cluster, Server, Topology, VirtualHost } from "../topology/topology.js";
import { writeCluster, writeHealthChecks } from "./cluster.js";
import { directive, paragraphs, section, verbatim } from "./line.js";
import type { Line } from "./line.js";
import { writeLocations, writeMounts } from "./mounts.js";
import { writeBackendTls, writeFrontTls, writeNames, writeSettings } from "./scope.js";

/** Everything about balancing of one server: settings, health checks, clusters, mounts and virtual hosts. */
export function writeServer(topology: Topology, server: Server, layout: Layout): readonly Line[] {
  const hosts = server.virtualHosts.map((host) => writeVirtualHost(topology, server, host, layout));
  return paragraphs(writeScope(topology, { server, layout }), ...hosts);
}

/** `Listen` lines. */
export function writeListen({ listen }: Server): readonly Line[] {
  return listen.map(({ address, port }) =>
    directive("Listen", address === undefined ? String(port) : `${address}:${port}`),
  );
}

interface Place {
  readonly server: Server;
  readonly host?: VirtualHost;
  readonly layout: Layout;
}

function writeVirtualHost(topology: Topology, server: Server, host: VirtualHost, layout: Layout): readonly Line[] {
  return section("VirtualHost", host.addresses, writeScope(topology, { server, host, layout }));
}

function writeScope(topology: Topology, { server, host, layout }: Place): readonly Line[] {
  const scope = host ?? server;
  const { httpd } = topology;
  const clusters = clustersOf(topology, server).filter((cluster) => cluster.scope === host?.name);
  const backendTls = backendTlsOf(topology, server, host);
  return paragraphs(
    [
      ...writeNames(scope),
      ...(host === undefined && isProxying(topology, server) ? [directive("ProxyRequests", "Off")] : []),
      ...writeSettings(scope),
    ],
    scope.tls === undefined ? [] : writeFrontTls(scope.tls, httpd),
    backendTls === undefined ? [] : writeBackendTls(backendTls, layout.caFile, httpd),
    writeChecks(topology, clusters),
    ...clusters.map(writeCluster),
    [...writeMounts(scope), ...writeMethods(topology, server, host)],
    writeLocations(scope, httpd),
    (scope.extra ?? []).map(verbatim),
  );
}

/**
 * The lbmethod of the main server's clusters that a virtual host mounts, once more: a host that names a balancer takes
 * over all of its settings but this one (measured on httpd 2.4.71).
 */
function writeMethods(topology: Topology, server: Server, host: VirtualHost | undefined): readonly Line[] {
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
): readonly Line[] {
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
