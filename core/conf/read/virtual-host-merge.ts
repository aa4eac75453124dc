import { behaves } from "../../vocabulary/behaviours.js";
import { BALANCER_PARAMETERS } from "../../vocabulary/balancer.js";
import type { GrowingCluster, GrowingConf, GrowingParameters, GrowingScope } from "./read-state.js";
import type { ReadLine } from "./read-conf-result.js";
import type { SourcePlace } from "../../vocabulary/place.js";

const DEFAULT_METHOD = BALANCER_PARAMETERS.lbmethod.default;

/** Measured: `merge_balancers` appends to a list that is not there. */
const CRASH =
  "httpd 2.4.71 crashes at start: failonstatus of a virtual host for a balancer that has none in the main server";

/** A cluster with the name of the virtual host it belongs to; undefined for the main server. */
export interface PlacedCluster {
  readonly cluster: GrowingCluster;
  readonly scope: string | undefined;
}

/**
 * The balancers httpd runs with (`merge_balancers`, modules/proxy/mod_proxy.c; measured on httpd 2.4.71): a virtual
 * host's balancer with the name of one of the main server's loses its own members and only changes parameters.
 * Of those it does not set it takes over all but lbmethod.
 *
 * Parameters that all who use the balancer agree on become the balancer's own; otherwise they stay with their host.
 */
export function mergedClusters(conf: GrowingConf, hostNames: readonly string[]): readonly PlacedCluster[] {
  const { main, hosts } = conf;
  const shared = [...main.clusters.values()].map((cluster) => {
    const changes = hosts.flatMap((host) => changesIn(conf, host, cluster.name));
    return { cluster: { ...cluster, parameters: agreedParameters(conf, cluster, changes) }, scope: undefined };
  });
  const own = hosts.flatMap((host, index) =>
    [...host.clusters.values()].flatMap((cluster): readonly PlacedCluster[] => {
      const scope = hostNames[index];
      const hidden = hiddenBy(conf, host, cluster.name);
      if (hidden === undefined) return [{ cluster, scope }];
      for (const { word } of cluster.members) dropped(conf, word.place, cluster.name);
      if (!behaves(conf.httpd, "hosts-change-inherited-balancers")) {
        annotate(conf, cluster.place, { why: `httpd ${conf.httpd} takes the main server's balancer as it is` });
        return [];
      }
      forgottenMethod(conf, cluster, hidden);
      if (cluster.parameters.has("failonstatus") && !hidden.parameters.has("failonstatus")) {
        annotate(conf, cluster.place, { why: CRASH });
      }
      const known = shared.find((candidate) => candidate.cluster.name === cluster.name)?.cluster.parameters;
      const changed = [...changesOf(cluster, hidden)].filter(([name, { value }]) => {
        const before = known?.get(name)?.value ?? (name === "lbmethod" ? DEFAULT_METHOD : undefined);
        return !equal(before, value);
      });
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
  return main.clusters.get(name);
}

function changesIn(conf: GrowingConf, host: GrowingScope, name: string): readonly GrowingCluster[] {
  if (!behaves(conf.httpd, "hosts-change-inherited-balancers")) return [];
  const cluster = host.clusters.get(name);
  return cluster !== undefined && hiddenBy(conf, host, name) !== undefined ? [cluster] : [];
}

/** The parameters of the main server's balancer, with those of the hosts where no other use of it would notice. */
function agreedParameters(
  { main }: GrowingConf,
  cluster: GrowingCluster,
  changes: readonly GrowingCluster[],
): GrowingParameters {
  const [first] = changes;
  if (first === undefined) return cluster.parameters;
  const usedByMain = main.mounts.some(({ mount: { to } }) => to.kind === "cluster" && to.cluster === cluster.name);
  const same = changes.every((other) => sameParameters(changesOf(first, cluster), changesOf(other, cluster)));
  if (usedByMain || !same) return cluster.parameters;
  const agreed = new Map([...cluster.parameters, ...changesOf(first, cluster)]);
  if (!cluster.parameters.has("lbmethod") && !first.parameters.has("lbmethod")) agreed.delete("lbmethod");
  return agreed;
}

/**
 * What a host's balancer changes in the one it is merged into: an empty cookie name changes nothing, status codes are
 * added to those of the main server, and a host that says no lbmethod has the default one, whatever the main server
 * says (measured on httpd 2.4.71).
 */
function changesOf({ parameters, place }: GrowingCluster, hidden: GrowingCluster): GrowingParameters {
  const changes: GrowingParameters = new Map([["lbmethod", { value: DEFAULT_METHOD, place }], ...parameters]);
  const sticky = parameters.get("stickysession")?.value;
  if (typeof sticky === "string" && sticky.startsWith("|")) changes.delete("stickysession");
  const codes = parameters.get("failonstatus");
  const before = (hidden.parameters.get("failonstatus")?.value ?? []) as readonly number[];
  if (codes !== undefined) {
    changes.set("failonstatus", { value: [...before, ...(codes.value as readonly number[])], place: codes.place });
  }
  return changes;
}

/** Says at the line that names the balancer in a host that the main server's lbmethod does not hold there. */
function forgottenMethod(conf: GrowingConf, cluster: GrowingCluster, hidden: GrowingCluster): void {
  const method = hidden.parameters.get("lbmethod")?.value;
  if (cluster.parameters.has("lbmethod") || typeof method !== "string" || method === DEFAULT_METHOD) return;
  const why = `httpd balances by ${DEFAULT_METHOD} here: a virtual host does not take over lbmethod=${method}`;
  annotate(conf, cluster.place, { why });
}

function sameParameters(left: GrowingParameters, right: GrowingParameters): boolean {
  return left.size === right.size && [...left].every(([name, { value }]) => equal(right.get(name)?.value, value));
}

function equal(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Says of a member that was read that httpd does not use it. */
function dropped(conf: GrowingConf, place: SourcePlace, name: string): void {
  const why = `httpd keeps the main server's members of balancer '${name}' and drops this one`;
  annotate(conf, place, { verdict: "ignored", why });
}

function annotate({ lines }: GrowingConf, place: SourcePlace, said: Partial<ReadLine>): void {
  const index = lines.findIndex((line) => line.place.file === place.file && line.place.line === place.line);
  const line = lines[index];
  if (line !== undefined) lines[index] = { ...line, ...said };
}
