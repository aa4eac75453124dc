import type { Cluster, Member, Mount, Server, ServerScope, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";

/** Clusters as they can be described, and servers that name them so. */
export interface AdoptedClusters {
  readonly clusters: readonly Cluster[];
  readonly servers: readonly Server[];
  /** Index in what was read, of each cluster. */
  readonly from: readonly number[];
  readonly left: readonly { readonly at: Pointer; readonly text: string; readonly lost: boolean }[];
}

/**
 * Gives every cluster a name of its own and its members short ones, and leaves out what cannot be described: settings
 * a virtual host has for a balancer of the main server, and balancers without members that nothing leads to.
 */
export function adoptClusters({ clusters, servers }: Topology): AdoptedClusters {
  const main = new Set(clusters.filter(({ scope }) => scope === undefined).map(({ name }) => name));
  const taken = new Set<string>();
  const renamed = new Map<Cluster, string>();
  const kept: Cluster[] = [];
  const from: number[] = [];
  const left: { at: Pointer; text: string; lost: boolean }[] = [];
  clusters.forEach((cluster, index) => {
    const at: Pointer = `/clusters/${index}`;
    const { name, scope, members, parameters } = cluster;
    if (scope !== undefined && main.has(name)) {
      const words = Object.keys(parameters).join(", ");
      left.push({
        at,
        text: `virtual host '${scope}' has other settings for balancer '${name}' (${words})`,
        lost: true,
      });
      return;
    }
    if (members.length === 0 && !isMounted(cluster, servers)) {
      left.push({ at, text: `balancer '${name}' has no members and nothing leads to it; it is left out`, lost: false });
      return;
    }
    const own = freeName(name, taken);
    taken.add(own);
    if (own !== name) {
      renamed.set(cluster, own);
      left.push({ at, text: `a second balancer '${name}' is called '${own}'`, lost: false });
    }
    kept.push({ ...cluster, name: own, members: namedMembers(members) });
    from.push(index);
  });
  return { clusters: kept, servers: servers.map((server) => withNames(server, renamed)), from, left };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  return free;
}

function isMounted({ name, scope }: Cluster, servers: readonly Server[]): boolean {
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  const seeing = scopes.filter((one) => scope === undefined || ("addresses" in one && one.name === scope));
  const text = `balancer://${name}`;
  return seeing.some(
    ({ mounts, extra = [] }) =>
      mounts.some(({ to }) => to.kind === "cluster" && to.cluster === name) ||
      extra.some((line) => line.toLowerCase().includes(text)),
  );
}

/** Members as they are named, as workers of mod_jk are; else by their route where every member has one of its own, else numbered. */
function namedMembers(members: readonly Member[]): readonly Member[] {
  if (members.every(({ name }) => !name.includes("://"))) return members;
  const routes = members.map(({ parameters }) => parameters.route);
  const usable = routes.every((route) => route !== undefined && /^[A-Za-z][A-Za-z0-9_-]*$/.test(route));
  const byRoute = usable && new Set(routes).size === routes.length;
  return members.map((member, index) => ({
    ...member,
    name: byRoute ? (member.parameters.route ?? member.name) : `node${index + 1}`,
  }));
}

function withNames(server: Server, renamed: ReadonlyMap<Cluster, string>): Server {
  return {
    ...server,
    virtualHosts: server.virtualHosts.map((host) => {
      const own = [...renamed].filter(([{ scope }]) => scope === host.name);
      return own.reduce((changed, [{ name }, to]) => ({ ...changed, ...withName(changed, name, to) }), host);
    }),
  };
}

/** Everything a virtual host says about its balancer, under another name. */
function withName({ mounts, extra }: ServerScope, name: string, to: string): Pick<ServerScope, "mounts" | "extra"> {
  const pattern = new RegExp(`(balancer://)${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?=[/"'\\s>]|$)`, "gi");
  const text = (line: string): string => line.replace(pattern, (_all, scheme: string) => `${scheme}${to}`);
  const mount = (given: Mount): Mount => ({
    ...given,
    to: given.to.kind === "cluster" && given.to.cluster === name ? { ...given.to, cluster: to } : given.to,
    ...(given.reverse === undefined
      ? {}
      : { reverse: given.reverse.map(({ path, url }) => ({ path, url: text(url) })) }),
  });
  return { mounts: mounts.map(mount), ...(extra === undefined ? {} : { extra: extra.map(text) }) };
}
