import type { GrowingCluster, GrowingConf, GrowingParameters, GrowingScope } from "./growing.js";
import type { SourcePlace } from "./statement.js";

/** A cluster with the name of the virtual host it belongs to; undefined for the main server. */
export interface PlacedCluster {
  readonly cluster: GrowingCluster;
  readonly scope: string | undefined;
}

/**
 * The balancers httpd runs with (`merge_balancers`, modules/proxy/mod_proxy.c; measured on httpd 2.4.71): a virtual
 * host's balancer with the name of one of the main server's loses its own members and only changes parameters.
 *
 * Parameters that all who use the balancer agree on become the balancer's own; otherwise they stay with their host.
 */
export function mergedClusters(conf: GrowingConf, hostNames: readonly string[]): readonly PlacedCluster[] {
  const { main, hosts } = conf;
  const shared = main.clusters.map((cluster) => {
    const changes = hosts.flatMap((host) => changesIn(conf, host, cluster.name));
    return { cluster: { ...cluster, parameters: agreedParameters(conf, cluster, changes) }, scope: undefined };
  });
  const own = hosts.flatMap((host, index) =>
    host.clusters.flatMap((cluster): readonly PlacedCluster[] => {
      const scope = hostNames[index];
      const hidden = hiddenBy(conf, host, cluster.name);
      if (hidden === undefined) return [{ cluster, scope }];
      for (const { place } of cluster.members) dropped(conf, place, cluster.name);
      const known = shared.find((candidate) => candidate.cluster.name === cluster.name)?.cluster.parameters;
      const changed = [...cluster.parameters].filter(([name, { value }]) => !equal(known?.get(name)?.value, value));
      return changed.length === 0
        ? []
        : [{ cluster: { ...cluster, members: [], parameters: new Map(changed) }, scope }];
    }),
  );
  return [...shared, ...own];
}

/** The main server's balancer that a host's one of the same name is merged into. */
function hiddenBy({ main }: GrowingConf, host: GrowingScope, name: string): GrowingCluster | undefined {
  const off = (setting: string): boolean => (host.settings.get(setting) ?? main.settings.get(setting))?.value === false;
  if (off("balancerinherit") && off("proxypassinherit")) return undefined;
  return main.clusters.find((cluster) => cluster.name === name);
}

function changesIn(conf: GrowingConf, host: GrowingScope, name: string): readonly GrowingCluster[] {
  const cluster = host.clusters.find((candidate) => candidate.name === name);
  return cluster !== undefined && hiddenBy(conf, host, name) !== undefined ? [cluster] : [];
}

/** The parameters of the main server's balancer, with those of the hosts where no other use of it would notice. */
function agreedParameters(
  { main }: GrowingConf,
  cluster: GrowingCluster,
  changes: readonly GrowingCluster[],
): GrowingParameters {
  const usedByMain = main.mounts.some(({ mount: { to } }) => to.kind === "cluster" && to.cluster === cluster.name);
  const [first] = changes;
  const same = first !== undefined && changes.every((other) => sameParameters(first.parameters, other.parameters));
  return usedByMain || !same ? cluster.parameters : new Map([...cluster.parameters, ...first.parameters]);
}

function sameParameters(left: GrowingParameters, right: GrowingParameters): boolean {
  return left.size === right.size && [...left].every(([name, { value }]) => equal(right.get(name)?.value, value));
}

function equal(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Says of a member that was read that httpd does not use it. */
function dropped({ lines }: GrowingConf, place: SourcePlace, name: string): void {
  const index = lines.findIndex((line) => line.place.file === place.file && line.place.line === place.line);
  const line = lines[index];
  if (line === undefined) return;
  const why = `httpd keeps the main server's members of balancer '${name}' and drops this one`;
  lines[index] = { ...line, verdict: "ignored", why };
}
