import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import { roleOf } from "../topology/roles.js";
import type { Cluster, Mount, Server, Text, Topology, VirtualHost } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { ServerFile } from "../server-files/server-file.js";
import { serversView } from "./servers-view.js";
import type { ServersView } from "./servers-view.js";
import type { ConfView, WrittenDirective } from "./conf-view.js";
import { backendOf } from "../httpd/backend.js";
import type { ClusterView, MemberView } from "./view-parts.js";

export { parameterOf } from "./view-parts.js";
export type { ClusterView, MemberView } from "./view-parts.js";

/** A main server or a virtual host. */
export interface ScopeView {
  readonly at: Pointer;
  /** `virtual host 'shop'`, or `the main server`. */
  readonly label: string;
  readonly server: Server;
  /** Undefined for the main server. */
  readonly host: VirtualHost | undefined;
  readonly scope: Server | VirtualHost;
  /** The section of a virtual host in an httpd.conf. */
  readonly section: WrittenDirective | undefined;
  readonly mounts: readonly MountView[];
}

/** A mount with its place and its target as text. */
export interface MountView {
  readonly at: Pointer;
  /** `ProxyPass /app` in an httpd.conf, `mount '/app'` in a description. */
  readonly label: string;
  readonly mount: Mount;
  /** `balancer://c/`, a URL, or `!`. */
  readonly target: string;
  /** The cluster httpd takes the members from; undefined where it leads to none. */
  readonly cluster: ClusterView | undefined;
}

/** Everything rules look at, prepared once an input. */
export interface View {
  readonly topology: Topology;
  readonly clusters: readonly ClusterView[];
  readonly scopes: readonly ScopeView[];
  /** What the httpd.conf says; undefined when the input is a spec or a construct tree. */
  readonly conf: ConfView | undefined;
  /** The name of a balancer as its file spells it; topologies have httpd's, in lower case. */
  readonly spelled: (name: string) => string;
  /** What servers' own files say; undefined where none was given. */
  readonly servers: ServersView | undefined;
}

/** Beyond the topology, what an httpd.conf says and how. */
export interface ViewOptions {
  readonly conf?: ConfView;
  /** Spellings of balancer names, by the lower-case name. @default - names are shown as they are in the topology */
  readonly names?: ReadonlyMap<string, string>;
  /** Files of application servers and of mod_jk. @default - none */
  readonly beside?: readonly ServerFile[];
}

/** Prepares a topology for all rules: one walk. */
export function viewOf(topology: Topology, { conf, names, beside = [] }: ViewOptions = {}): View {
  const spelled = (name: string): string => names?.get(name.toLowerCase()) ?? name;
  const clusters = topology.clusters.map((cluster, index) => ({
    ...clusterView(topology, cluster, { index, spelled }),
    implied: conf !== undefined && isBare(cluster),
  }));
  const named = new Map(clusters.map((view) => [scopedName(view.cluster.name, view.cluster.scope), view]));
  const scopes = topology.servers.flatMap((server, index) =>
    scopesOf({ server, at: `/servers/${index}`, conf, spelled }, named),
  );
  const servers = beside.length === 0 ? undefined : serversView(clusters, beside);
  return { topology, clusters, scopes, conf, spelled, servers };
}

/** Literal text as it is; holes that Terraform fills as `...`. */
export function literalOf(text: Text): string {
  return typeof text === "string" ? text : text.map((part) => (typeof part === "string" ? part : "...")).join("");
}

function isBare({ members, parameters, extra }: Cluster): boolean {
  return members.length === 0 && Object.keys(parameters).length === 0 && extra === undefined;
}

interface ClusterPlace {
  readonly index: number;
  readonly spelled: View["spelled"];
}

function clusterView(
  topology: Topology,
  cluster: Cluster,
  { index, spelled }: ClusterPlace,
): Omit<ClusterView, "implied"> {
  const at: Pointer = `/clusters/${index}`;
  const label = `balancer '${spelled(cluster.name)}'`;
  const members = cluster.members.map((member, position): MemberView => {
    const name = member.name === "" ? literalOf(member.url) : member.name;
    return {
      at: `${at}/members/${position}`,
      label: `member '${name}' of ${label}`,
      member,
      effective: effectiveMember(member, topology.healthCheckTemplates),
      role: roleOf(member),
      backend: typeof member.url === "string" ? backendOf(member.url) : undefined,
    };
  });
  return {
    at,
    label,
    cluster,
    balancer: effectiveBalancer(cluster),
    members,
    actives: members.filter(({ role }) => role === "active"),
    standbys: members.filter(({ role }) => role === "standby"),
    spares: members.filter(({ role }) => role === "spare"),
    inService: members.filter(({ role }) => role === "active" || role === "standby" || role === "spare"),
  };
}

/** Clusters by {@link scopedName}. */
type NamedClusters = ReadonlyMap<string, ClusterView>;

/** httpd compares names of balancers in lower case; each virtual host has its own. */
function scopedName(name: string, scope: string | undefined): string {
  return `${scope ?? ""}\n${name.toLowerCase()}`;
}

interface Hosting {
  readonly server: Server;
  readonly at: Pointer;
  readonly conf: ConfView | undefined;
  readonly spelled: View["spelled"];
}

/** Reading an httpd.conf makes a virtual host of each of its sections, in their order. */
function scopesOf({ server, at, conf, spelled }: Hosting, named: NamedClusters): readonly ScopeView[] {
  const sections = conf?.named("virtualhost") ?? [];
  const hosts = server.virtualHosts.map((host, index) => {
    return { host, at: `${at}/virtualHosts/${index}` as const, section: sections[index] };
  });
  return [
    scopeView({ server, host: undefined, at, section: undefined, conf, spelled }, named),
    ...hosts.map((one) => scopeView({ server, ...one, conf, spelled }, named)),
  ];
}

interface Scope {
  readonly server: Server;
  readonly host: VirtualHost | undefined;
  readonly at: Pointer;
  readonly section: WrittenDirective | undefined;
  readonly conf: ConfView | undefined;
  readonly spelled: View["spelled"];
}

/** A mount as httpd's own line for it. */
function writtenMount({ path, match, via }: Mount): string {
  if (via === "rewrite") return `RewriteRule ${path}`;
  if (via === "handler") return `SetHandler for ${path}`;
  return `${match === true ? "ProxyPassMatch" : "ProxyPass"} ${path}`;
}

function scopeView({ server, host, at, section, conf, spelled }: Scope, named: NamedClusters): ScopeView {
  const scope = host ?? server;
  const mounts = scope.mounts.map((mount, index): MountView => ({
    at: `${at}/mounts/${index}`,
    label: conf === undefined ? `mount '${mount.path}'` : writtenMount(mount),
    mount,
    target: targetOf(mount, spelled),
    cluster: mount.to.kind === "cluster" ? seenCluster(mount.to.cluster, { server, host }, named) : undefined,
  }));
  const label = host === undefined ? "the main server" : `virtual host '${host.name}'`;
  return { at, label, server, host, scope, section, mounts };
}

/** As `clusterNamed` of `topology/mounts.ts`, without a search through all clusters. */
function seenCluster(
  name: string,
  { server, host }: Pick<Scope, "server" | "host">,
  named: NamedClusters,
): ClusterView | undefined {
  const balancers = host?.settings.balancerinherit ?? server.settings.balancerinherit;
  const passes = host?.settings.proxypassinherit ?? server.settings.proxypassinherit;
  const inherits = host === undefined || balancers !== false || passes !== false;
  const own = host === undefined ? undefined : named.get(scopedName(name, host.name));
  return (inherits ? named.get(scopedName(name, undefined)) : undefined) ?? own;
}

function targetOf({ to }: Mount, spelled: View["spelled"]): string {
  if (to.kind === "exclude") return "!";
  return to.kind === "cluster" ? `balancer://${spelled(to.cluster)}${to.path}` : literalOf(to.url);
}
