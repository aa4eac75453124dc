import { MEASURED_VERSION } from "../vocabulary/versions.js";
import type { Cluster, Member, Server, Topology, VirtualHost } from "./topology.js";

/** A value of which lists and parameter tables may be left out. */
type Sparse<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]?: T[P] };

/** A {@link Member} as it is given: the name may be left out where the URL is literal. */
export type MemberInput = Sparse<Member, "name" | "parameters">;

/** A {@link Cluster} as it is given. */
export interface ClusterInput extends Sparse<Omit<Cluster, "members">, "parameters"> {
  readonly members?: readonly MemberInput[];
}

/** A {@link VirtualHost} as it is given. */
export type VirtualHostInput = Sparse<VirtualHost, "mounts" | "settings">;

/** A {@link Server} as it is given. */
export interface ServerInput extends Sparse<Omit<Server, "virtualHosts">, "mounts" | "settings" | "listen" | "layout"> {
  readonly virtualHosts?: readonly VirtualHostInput[];
}

/** A {@link Topology} as it is given. */
export interface TopologyInput extends Sparse<
  Omit<Topology, "clusters" | "servers">,
  "httpd" | "healthCheckTemplates" | "healthCheckExpressions"
> {
  readonly clusters?: readonly ClusterInput[];
  readonly servers?: readonly ServerInput[];
}

/**
 * The frozen Topology of plain input: empty lists filled in, keys whose value is undefined left out, nothing checked
 * (see `checkTopology`).
 *
 * A cluster with a `routeCookie` and no `stickysession` of its own sticks to that cookie.
 */
export function buildTopology(input: TopologyInput): Topology {
  return frozen(assembleTopology(input));
}

/** As {@link buildTopology}, neither copied nor frozen: for a check that keeps nothing of it. */
export function assembleTopology(input: TopologyInput): Topology {
  return {
    httpd: input.httpd ?? MEASURED_VERSION,
    clusters: (input.clusters ?? []).map(buildCluster),
    servers: (input.servers ?? []).map(buildServer),
    healthCheckTemplates: input.healthCheckTemplates ?? [],
    healthCheckExpressions: input.healthCheckExpressions ?? [],
  };
}

/** The cluster of plain input; not frozen. */
export function buildCluster(input: ClusterInput): Cluster {
  const parameters = input.parameters ?? {};
  const cookie = input.routeCookie?.name;
  const sticks = cookie === undefined || parameters.stickysession !== undefined;
  return {
    ...input,
    parameters: sticks ? parameters : { ...parameters, stickysession: cookie },
    members: (input.members ?? []).map(buildMember),
  };
}

function buildMember(input: MemberInput): Member {
  return { ...input, name: input.name ?? textOf(input.url), parameters: input.parameters ?? {} };
}

function buildServer(input: ServerInput): Server {
  return {
    ...input,
    layout: input.layout ?? "debian",
    listen: input.listen ?? [],
    mounts: input.mounts ?? [],
    settings: input.settings ?? {},
    virtualHosts: (input.virtualHosts ?? []).map((host) => ({
      ...host,
      mounts: host.mounts ?? [],
      settings: host.settings ?? {},
    })),
  };
}

function textOf(text: Member["url"]): string {
  return typeof text === "string"
    ? text
    : text.map((piece) => (typeof piece === "string" ? piece : `<${piece.deferred}>`)).join("");
}

/** A deep, frozen copy without undefined values, so that absent keys stay absent. */
function frozen<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map((item: unknown) => frozen(item))) as T;
  if (typeof value !== "object" || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    if (given[key] !== undefined) kept[key] = frozen(given[key]);
  }
  return Object.freeze(kept) as T;
}
