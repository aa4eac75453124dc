import type {
  Cluster,
  Listen,
  Manager,
  Mount,
  Server,
  ServerScope,
  Topology,
  VirtualHost,
} from "../core/topology/topology.js";
import { writeListen, writeServer } from "../core/written/server.js";
import { urlText } from "../core/scenario/nodes.js";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import type { ServerSettings } from "../core/vocabulary/settings.js";
import { originOf, withOrigin } from "./stand-ins.js";
import type { Origin } from "./stand-ins.js";
import { without } from "./without.js";

/** Response header in which httpd names the worker it chose, also when that one did not answer. */
export const WORKER_HEADER = "x-rehearsal-worker";

/** Where a rehearsal puts things. */
export interface PrivatePlaces {
  /** Loopback address that everything listens on. */
  readonly address: string;
  /** `address:port` of the stub in place of each backend. */
  readonly stubs: ReadonlyMap<Origin, string>;
  /** Private port for each port of the server. */
  readonly ports: ReadonlyMap<number, number>;
  /** A further port for the main server (key undefined) and each virtual host, where its manager is reached. */
  readonly managerPorts: ReadonlyMap<string | undefined, number>;
  readonly managerPath: string;
  /** Of every balancer, so that changes need no page to be read first. */
  readonly nonce: string;
}

/**
 * The configuration of the same balancers, mounts and virtual hosts on loopback, with stubs for backends, and a manager
 * in every scope.
 *
 * What has no part in selection is left out: TLS, secrets, access control, sizes of the process, lines written as they
 * are. All backends are spoken to in plain http: no scheme but that one has a stub, and selection does not look at it.
 */
export function privateConfiguration(topology: Topology, server: Server, places: PrivatePlaces): string {
  const copy = privateServer(server, places);
  const clusters = topology.clusters.map((cluster) => privateCluster(cluster, places));
  const lines = [
    ...writeListen(copy),
    ...writeServer({ ...topology, clusters, servers: [copy] }, copy, LAYOUTS[server.layout]),
  ];
  return lines.map((line) => `${urlText(line)}\n`).join("");
}

function privateCluster(cluster: Cluster, places: PrivatePlaces): Cluster {
  const { routeCookie, ...kept } = without(cluster, "extra", "promises", "acknowledged");
  return {
    ...kept,
    ...(routeCookie === undefined ? {} : { routeCookie: { ...routeCookie, secure: false } }),
    parameters: { ...cluster.parameters, nonce: places.nonce },
    members: cluster.members.map((member) => {
      const parameters = without(member.parameters, "secret");
      return { name: member.name, url: standInFor(member.url, places), parameters };
    }),
  };
}

function privateServer(server: Server, places: PrivatePlaces): Server {
  const ports = [...places.ports.values(), ...places.managerPorts.values()];
  const listen: readonly Listen[] = ports.map((port) => ({ address: places.address, port }));
  return {
    ...privateScope(server, places),
    listen,
    virtualHosts: server.virtualHosts.map((host) => privateHost(host, places)),
    extra: [`Header always set ${WORKER_HEADER} "%{BALANCER_WORKER_NAME}e"`],
  };
}

function privateHost(host: VirtualHost, places: PrivatePlaces): VirtualHost {
  const own = places.managerPorts.get(host.name);
  const reached = host.addresses.flatMap((address) => privateAddress(address, places));
  return {
    ...privateScope(host, places),
    addresses: [...new Set([...reached, ...(own === undefined ? [] : [`*:${own}`])])],
  };
}

function privateAddress(address: string, { ports }: PrivatePlaces): readonly string[] {
  const written = /:([0-9]+)$/.exec(address.replace(/^\[[^\]]*\]/, ""))?.[1];
  const wanted = written === undefined ? [...ports.values()] : [ports.get(Number(written))];
  return wanted.flatMap((port) => (port === undefined ? [] : [`*:${port}`]));
}

function privateScope<S extends ServerScope>(scope: S, places: PrivatePlaces): S {
  const { mounts, settings } = scope;
  const manager: Manager = { path: places.managerPath, access: { kind: "local" } };
  return {
    ...(without(scope, "tls", "backendTls", "extra") as S),
    manager,
    settings: privateSettings(settings),
    mounts: [...mounts.filter(isRewrite), ...mounts.filter((mount) => !isRewrite(mount))].map((mount) =>
      privateMount(mount, places),
    ),
  };
}

/** Without X-Forwarded headers, the bytes sent to a backend can be made to be what a scenario says. */
function privateSettings(settings: ServerSettings): ServerSettings {
  return { ...without(settings, "maxrequestworkers", "threadsperchild", "serverlimit"), proxyaddheaders: false };
}

function isRewrite({ via }: Mount): boolean {
  return via === "rewrite";
}

/** Mounts made by lines of `extra` become ProxyPass lines; those made by rewrite rules come first, as in httpd. */
function privateMount(mount: Mount, places: PrivatePlaces): Mount {
  const { to, ...kept } = without(mount, "access", "via");
  if (to.kind !== "url") return { ...kept, to };
  const parameters = without(to.parameters, "secret");
  return { ...kept, to: { kind: "url", url: standInFor(to.url, places), parameters } };
}

function standInFor(url: Parameters<typeof originOf>[0], { stubs }: PrivatePlaces): string {
  const authority = stubs.get(originOf(url));
  if (authority === undefined) throw new Error(`no stub stands in for ${originOf(url)}`);
  return withOrigin(url, authority);
}
