import { checkTopology } from "../check/topology.js";
import { listensOf } from "../topology/ports.js";
import type { Mount, Server, ServerScope, Topology } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { adoptClusters } from "./adopt-clusters.js";
import { adoptMounts } from "./adopt-mounts.js";
import { openFiles } from "./adopt-files.js";
import { adoptHardening } from "./adopt-hardening.js";

/** A topology that can be written as a spec or a stack, and what it cost to make it one. */
export interface Adopted {
  readonly topology: Topology;
  /** What was changed or left out, each at its place in the topology that was read. */
  readonly notes: readonly AdoptionNote[];
  /** What keeps the result from being rendered, at its place in the topology that was read. */
  readonly problems: readonly Problem[];
}

/** One thing that was changed or left out. */
export interface AdoptionNote {
  readonly at: Pointer;
  readonly text: string;
  /** True when requests may notice. */
  readonly lost: boolean;
}

/** What is collected on the way: notes, and where things that moved stood before. */
interface Log {
  readonly notes: AdoptionNote[];
  readonly moved: Map<string, string>;
}

/**
 * Makes what was read from an httpd.conf describable: short names for members, ports to listen on, no mounts that no
 * request can reach, the file system as open as it is.
 */
export function adoptTopology(read: Topology): Adopted {
  const log: Log = { notes: [], moved: new Map() };
  const mounted = read.servers.map((server, index) => adoptServer(server, `/servers/${index}`, log));
  const { clusters, servers, from, left } = adoptClusters({ ...read, servers: mounted });
  log.notes.push(...left);
  from.forEach((before, index) => log.moved.set(`/clusters/${index}`, `/clusters/${before}`));
  const bare = { ...read, clusters, servers };
  const topology = { ...bare, servers: servers.map((server) => withOwnLines(bare, server)) };
  const problems = checkTopology(topology).map((problem) => ({ ...problem, at: origin(problem.at, log.moved) }));
  return { topology, notes: log.notes, problems };
}

function adoptServer(server: Server, at: Pointer, log: Log): Server {
  const listen = listensOf(server);
  if (server.listen.length === 0) {
    const ports = listen.map(({ port }) => port);
    const assumed = ports.length === 1 ? `port ${ports.join()} is` : `ports ${ports.join(" and ")} are`;
    log.notes.push({ at: `${at}/listen`, text: `no Listen was read; ${assumed} assumed`, lost: false });
  }
  return {
    ...server,
    ...adoptScope(server, at, log),
    listen,
    virtualHosts: server.virtualHosts.map((host, index) => ({
      ...host,
      ...adoptScope(host, `${at}/virtualHosts/${index}`, log, server.mounts),
    })),
  };
}

function adoptScope(
  scope: ServerScope,
  at: Pointer,
  { notes, moved }: Log,
  shared: readonly Mount[] = [],
): Pick<ServerScope, "mounts" | "mountOrder"> {
  const { kept, left, mountOrder } = adoptMounts(scope, shared);
  for (const { from, text, lost } of left) notes.push({ at: `${at}/mounts/${from}`, text, lost });
  kept.forEach(({ from }, index) => moved.set(`${at}/mounts/${index}`, `${at}/mounts/${from}`));
  return { mounts: kept.map(({ mount }) => mount), ...(mountOrder === undefined ? {} : { mountOrder }) };
}

function withOwnLines(topology: Topology, read: Server): Server {
  const lines = openFiles(topology, read);
  const server = adoptHardening(read, topology.httpd);
  return lines.length === 0 ? server : { ...server, extra: [...lines, ...(server.extra ?? [])] };
}

/** Where a pointer into the adopted topology pointed before. */
function origin(at: Pointer, moved: ReadonlyMap<string, string>): Pointer {
  const steps = at.split("/");
  for (let length = steps.length; length > 1; length--) {
    const before = moved.get(steps.slice(0, length).join("/"));
    if (before !== undefined) return [before, ...steps.slice(length)].join("/") as Pointer;
  }
  return at;
}
