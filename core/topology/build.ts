import { usualHttpd } from "../vocabulary/meant-httpd.js";
import { nodeUrl } from "./app-node.js";
import type { AppNode } from "./app-node.js";
import { initialStatus } from "./roles.js";
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
  const servers = (input.servers ?? []).map(buildServer);
  return {
    httpd: input.httpd ?? usualHttpd(servers.map(({ layout }) => layout)).version,
    clusters: (input.clusters ?? []).map((cluster) => buildCluster(cluster, input.nodes)),
    servers,
    healthCheckTemplates: input.healthCheckTemplates ?? [],
    healthCheckExpressions: input.healthCheckExpressions ?? [],
    ...(input.nodes === undefined ? {} : { nodes: input.nodes }),
    ...(input.replicationGroups === undefined ? {} : { replicationGroups: input.replicationGroups }),
  };
}

/**
 * The cluster of plain input; not frozen.
 *
 * @param nodes - application servers; a member of a node's name that says nothing of where it is takes its address,
 * group and route. A standby takes no route: sessions that came to it would stay there for ever.
 */
export function buildCluster(input: ClusterInput, nodes: readonly AppNode[] = []): Cluster {
  const known = new Map(nodes.map((node) => [node.name, node]));
  const parameters = input.parameters ?? {};
  const cookie = input.routeCookie?.name;
  const sticks = cookie === undefined || parameters.stickysession !== undefined;
  return {
    ...input,
    parameters: sticks ? parameters : { ...parameters, stickysession: cookie },
    members: (input.members ?? []).map((member) => onNode(buildMember(member), known)),
  };
}

function onNode(member: Member, nodes: ReadonlyMap<string, AppNode>): Member {
  const node = member.url === member.name ? nodes.get(member.name) : undefined;
  if (node === undefined) return member;
  const { replicationGroup } = node;
  const routed = !initialStatus(member).has("H");
  return {
    ...(replicationGroup === undefined ? {} : { replicationGroup }),
    ...member,
    url: nodeUrl(node),
    parameters: { ...(routed ? { route: node.name } : {}), ...member.parameters },
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
