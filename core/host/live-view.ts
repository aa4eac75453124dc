import { serverNameOf } from "../httpd/server-name.js";
import { workerName } from "../httpd/shared-workers.js";
import { urlText } from "../scenario/nodes.js";
import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import { listensOf, portOf } from "../topology/ports.js";
import { managedLetters } from "../vocabulary/status.js";
import type { Cluster, Server, ServerScope, Topology } from "../topology/topology.js";

/** How a host looks at its own balancer-manager, and what it has to find there. */
export interface LiveView {
  /** URL of the manager as the host itself asks it. */
  readonly url: string;
  /** `name:port:address` where the name in the URL is not the address that is asked. */
  readonly resolve: string | undefined;
  /** Balancers that it shows. */
  readonly balancers: readonly string[];
  /** What the file says of each value that the manager can set. */
  readonly declared: readonly DeclaredValue[];
  /** True where httpd does not take these values from the file, because BalancerPersist keeps earlier ones. */
  readonly persists: boolean;
}

/** A value as balancer-manager's form names it. */
export interface DeclaredValue {
  readonly balancer: string;
  /** The worker; undefined for the balancer itself. */
  readonly member: string | undefined;
  /** Such as `w_lf` or `w_status_D`. */
  readonly key: string;
  readonly value: string;
}

/** The view of a server that has a manager; undefined for one without. */
export function liveView(topology: Topology, server: Server): LiveView | undefined {
  const place = managerPlace(server);
  if (place === undefined) return undefined;
  const { scope, host, port, address } = place;
  const clusters = topology.clusters.filter((cluster) => cluster.scope === undefined || cluster.scope === host);
  const name = scope.serverName === undefined ? address : serverNameOf(scope.serverName).name;
  return {
    url: `${scope.tls === undefined ? "http" : "https"}://${name}:${port}${scope.manager?.path ?? "/balancer-manager"}`,
    resolve: name === address && scope.tls === undefined ? undefined : `${name}:${port}:${address}`,
    balancers: clusters.map((cluster) => cluster.name),
    declared: clusters.flatMap((cluster) => declaredOf(topology, cluster)),
    persists: server.settings.balancerpersist === true,
  };
}

/** True when a deploy could not make the file's values count: httpd keeps what it had, and nobody can set them. */
export function persistsUnseen({ settings, ...server }: Server): boolean {
  return settings.balancerpersist === true && managerPlace({ settings, ...server }) === undefined;
}

interface ManagerPlace {
  readonly scope: ServerScope;
  /** Name of the virtual host; undefined for the main server. */
  readonly host: string | undefined;
  readonly port: number;
  readonly address: string;
}

function managerPlace(server: Server): ManagerPlace | undefined {
  const [listen] = listensOf(server);
  const address = listen?.address ?? "127.0.0.1";
  const port = listen?.port ?? 80;
  if (server.manager !== undefined) return { scope: server, host: undefined, port, address };
  const scope = server.virtualHosts.find(({ manager }) => manager !== undefined);
  if (scope === undefined) return undefined;
  const own = scope.addresses.map(portOf).find((number) => number !== undefined);
  return { scope, host: scope.name, port: own ?? port, address };
}

function declaredOf(topology: Topology, cluster: Cluster): readonly DeclaredValue[] {
  const { lbmethod, timeout, nofailover } = effectiveBalancer(cluster);
  const { maxattempts, stickysession } = cluster.parameters;
  const balancer = {
    b_lbm: lbmethod,
    b_tmo: String(timeout / 1_000_000n),
    b_sforce: nofailover ? "1" : "0",
    ...(maxattempts !== undefined && { b_max: String(maxattempts) }),
    ...(stickysession !== undefined && { b_ss: stickysession }),
  };
  return [
    ...values(cluster.name, undefined, balancer),
    ...cluster.members.flatMap((member) => {
      if (typeof member.url !== "string") return [];
      const { status, lbfactor, lbset, route, redirect } = effectiveMember(member, topology.healthCheckTemplates);
      const letters = managedLetters(topology.httpd).filter((letter) => letter !== "C");
      const flags = letters.map((letter) => [`w_status_${letter}`, status.has(letter) ? "1" : "0"] as const);
      const set = { w_lf: (lbfactor / 100).toFixed(2), w_ls: String(lbset), w_wr: route, w_rr: redirect };
      return values(cluster.name, workerName(urlText(member.url)), { ...set, ...Object.fromEntries(flags) });
    }),
  ];
}

function values(
  balancer: string,
  member: string | undefined,
  pairs: Readonly<Record<string, string>>,
): readonly DeclaredValue[] {
  return Object.entries(pairs).map(([key, value]) => ({ balancer, member, key, value }));
}
