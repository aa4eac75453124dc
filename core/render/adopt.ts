import { checkTopology } from "../topology/check.js";
import type { Cluster, Listen, Member, Mount, Server, ServerScope, Topology } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";

/** A topology that can be written as a spec or a stack, and what it cost to make it one. */
export interface Adopted {
  readonly topology: Topology;
  /** What was changed or left out, each at its place in the topology that was read. */
  readonly notes: readonly AdoptionNote[];
  /** What keeps the result from being rendered, in the topology that was read. */
  readonly problems: readonly Problem[];
}

/** One thing that was changed or left out. */
export interface AdoptionNote {
  readonly at: Pointer;
  readonly text: string;
  /** True when requests may notice. */
  readonly lost: boolean;
}

/**
 * Makes what was read from an httpd.conf describable: short names for members, ports to listen on, no mounts that no
 * request can reach, no two of one path.
 */
export function adoptTopology(read: Topology): Adopted {
  const notes: AdoptionNote[] = [];
  const clusters = read.clusters.flatMap((cluster, index) => adoptCluster(read, cluster, index, notes));
  const servers = read.servers.map((server, index) => adoptServer(server, `/servers/${index}`, notes));
  const topology = { ...read, clusters, servers };
  return { topology, notes, problems: checkTopology(topology) };
}

/** A host's changes to a balancer of the main server cannot be said in a description: its name is taken. */
function adoptCluster(
  { clusters }: Topology,
  cluster: Cluster,
  index: number,
  notes: AdoptionNote[],
): readonly Cluster[] {
  const hidden =
    cluster.scope !== undefined &&
    clusters.some(({ scope, name }) => scope === undefined && name.toLowerCase() === cluster.name.toLowerCase());
  if (!hidden) return [{ ...cluster, members: namedMembers(cluster) }];
  const words = Object.keys(cluster.parameters).join(", ");
  const text = `virtual host '${cluster.scope}' has other settings for balancer '${cluster.name}' (${words})`;
  notes.push({ at: `/clusters/${index}`, text, lost: true });
  return [];
}

/** Members by their route where every member has one of its own, else numbered. */
function namedMembers({ members }: Cluster): readonly Member[] {
  const routes = members.map(({ parameters }) => parameters.route);
  const usable = routes.every((route) => route !== undefined && /^[A-Za-z][A-Za-z0-9_-]*$/.test(route));
  const byRoute = usable && new Set(routes).size === routes.length;
  return members.map((member, index) => ({
    ...member,
    name: byRoute ? (member.parameters.route ?? member.name) : `node${index + 1}`,
  }));
}

function adoptServer(server: Server, at: `/${string}`, notes: AdoptionNote[]): Server {
  const listen = server.listen.length > 0 ? server.listen : assumedPorts(server);
  if (server.listen.length === 0) {
    const ports = listen.map(({ port }) => port).join(", ");
    notes.push({ at: `${at}/listen`, text: `no Listen was read; port ${ports} is assumed`, lost: false });
  }
  return {
    ...server,
    ...adoptScope(server, at, notes),
    listen,
    virtualHosts: server.virtualHosts.map((host, index) => ({
      ...host,
      ...adoptScope(host, `${at}/virtualHosts/${index}`, notes),
    })),
  };
}

/** Ports of the virtual hosts, 80 where there are none. */
function assumedPorts({ virtualHosts }: Server): readonly Listen[] {
  const ports = virtualHosts.flatMap(({ addresses }) =>
    addresses.flatMap((address) => {
      const port = Number(/:([0-9]+)$/.exec(address)?.[1] ?? 80);
      return [port];
    }),
  );
  return [...new Set(ports.length > 0 ? ports : [80])].map((port) => ({ port }));
}

/** Leaves out mounts that an earlier one of the same place hides whole. */
function adoptScope(scope: ServerScope, at: `/${string}`, notes: AdoptionNote[]): Pick<ServerScope, "mounts"> {
  const kept: Mount[] = [];
  scope.mounts.forEach((mount, index) => {
    const here: Pointer = `${at}/mounts/${index}`;
    const twin = kept.find(({ path }) => path === mount.path);
    const hiding = hidingMount(mount, scope.mounts.slice(0, index));
    if (hiding !== undefined) {
      const text = `mount '${mount.path}' is never reached: '${hiding.path}' stands before it; it is left out`;
      notes.push({ at: here, text, lost: false });
    } else if (twin !== undefined) {
      notes.push({ at: here, text: `a second mount of '${mount.path}' cannot be described`, lost: true });
    } else kept.push(mount);
  });
  return { mounts: kept };
}

/** The mount outside sections that takes every request before this one could. */
function hidingMount(mount: Mount, before: readonly Mount[]): Mount | undefined {
  if (!isPlain(mount)) return undefined;
  return before.find((earlier) => {
    if (!isPlain(earlier)) return false;
    if (earlier.path === mount.path) return (earlier.match ?? false) === (mount.match ?? false);
    if (earlier.match === true || mount.match === true) return false;
    return mount.path.startsWith(earlier.path.endsWith("/") ? earlier.path : `${earlier.path}/`);
  });
}

function isPlain({ via, inLocation }: Mount): boolean {
  return via === undefined && inLocation !== true;
}
