import { clusterNamed } from "../topology/seen-cluster.js";
import type { Server, ServerScope, Topology, VirtualHost } from "../topology/topology.js";
import { schemeOf } from "../topology/worker-scheme.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { SCHEMES } from "../vocabulary/schemes.js";
import { shown } from "../vocabulary/shown.js";
import type { MountContext } from "./mount.js";
import { checkHidden, checkMounts } from "./mounts.js";
import type { OwnerPlace } from "./place.js";

/** What is wrong with the mounts of a server and its virtual hosts, and with where they lead. */
export function checkMounted(topology: Topology, server: Server, at: Pointer): readonly Problem[] {
  const scopes: readonly MountedScope[] = [
    { server, scope: server, at, owner: `server ${shown(server.name)}` },
    ...server.virtualHosts.map((host, index) => ({
      ...{ server, scope: host, host, at: `${at}/virtualHosts/${index}` as const },
      owner: `virtual host ${shown(host.name)}`,
    })),
  ];
  return scopes.flatMap((place) => [
    ...(place.host === undefined ? [] : checkHidden(server.mounts, place.host, { at: place.at, subject: place.owner })),
    ...checkMounts(place.scope.mounts, contextOf(topology, place)),
    ...checkTrust(topology, place),
  ]);
}

interface MountedScope extends OwnerPlace {
  readonly server: Server;
  readonly scope: ServerScope;
  readonly host?: VirtualHost;
}

function contextOf(topology: Topology, { server, host, at, owner }: MountedScope): MountContext {
  const { httpd, clusters } = topology;
  return {
    ...{ at, owner, httpd },
    sees: (name) => clusterNamed(topology, name, { server, host }) !== undefined,
    clusters: () => clusters.filter(({ scope }) => scope === undefined || scope === host?.name).map(({ name }) => name),
  };
}

/** Backends are verified against a file: the system's, where the layout knows one. */
function checkTrust(topology: Topology, { server, scope, host, at, owner }: MountedScope): readonly Problem[] {
  const settings = scope.backendTls ?? server.backendTls;
  if (settings?.verify.kind === "off" || settings?.caFile !== undefined) return [];
  if (!Object.hasOwn(LAYOUTS, server.layout) || "caFile" in LAYOUTS[server.layout]) return [];
  const urls = scope.mounts.flatMap(({ to }) => {
    if (to.kind === "url") return [to.url];
    if (to.kind === "exclude") return [];
    return clusterNamed(topology, to.cluster, { server, host })?.cluster.members.map(({ url }) => url) ?? [];
  });
  const encrypted = urls.some((url) => {
    const scheme = schemeOf(url);
    return scheme !== undefined && SCHEMES[scheme].tls;
  });
  if (!encrypted) return [];
  const subject = `backendTls of ${owner}`;
  const allowed = "the file with the trusted authorities";
  const fix = "name the file, or switch verification off with a reason";
  return [{ at: `${at}/backendTls`, subject, found: "no caFile", allowed, fix }];
}
