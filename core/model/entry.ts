import { splitBalancerUrl } from "../httpd/balancer-name.js";
import { methodOf } from "../scenario/method.js";
import type { RequestStep } from "../scenario/steps.js";
import { clusterNamed } from "../topology/seen-cluster.js";
import type { SeenCluster } from "../topology/seen-cluster.js";
import { listensOf, portCalled } from "../topology/ports.js";
import type { Server, Topology } from "../topology/topology.js";
import { route } from "../route/route.js";
import type { Way } from "../route/route.js";
import { LOOPBACK } from "./doors.js";

/** The way of a scenario's request; undefined where no server is described. */
export function wayOf(topology: Topology, step: RequestStep): Way | undefined {
  const [server] = topology.servers;
  if (server === undefined) return undefined;
  const { path = "/", host, cookies, body = 0 } = step;
  const port = portCalled(server, host) ?? 80;
  const listen = listensOf(server).find((one) => one.port === port);
  const address = listen?.address ?? LOOPBACK;
  const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  const headers = { Host: host ?? `${address}:${port}`, ...(pairs.length > 0 && { Cookie: pairs.join("; ") }) };
  return route(topology, server, { address, port }, { method: methodOf(step), path, headers, body, client: LOOPBACK });
}

/** What a way leads to, among what the topology describes. */
export type Entry =
  | { readonly kind: "cluster"; readonly seen: SeenCluster; readonly url: string }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "httpd"; readonly status: number };

/** The balancer of a way by its name; one that is nowhere described makes httpd answer 500 (AH01144). */
export function entryOf(topology: Topology, { to, host, error }: Way, server = topology.servers[0]): Entry {
  if (to.kind === "answer" || server === undefined)
    return { kind: "httpd", status: to.kind === "answer" ? to.status : 404 };
  const url = to.query === undefined ? to.url : `${to.url}?${to.query}`;
  const name = splitBalancerUrl(to.url)?.name;
  if (name === undefined) return { kind: "url", url };
  const seen = name === "" ? undefined : clusterSeen(topology, server, name, host);
  if (seen === undefined) return { kind: "httpd", status: error ?? (name === "" ? 400 : 500) };
  if (to.halfEncoded === true && seen.cluster.members.length > 0) return { kind: "httpd", status: error ?? 400 };
  return { kind: "cluster", seen, url };
}

function clusterSeen(
  topology: Topology,
  server: Server,
  name: string,
  host: string | undefined,
): SeenCluster | undefined {
  const virtual = server.virtualHosts.find((one) => one.name === host);
  return clusterNamed(topology, name, { server, host: virtual });
}
