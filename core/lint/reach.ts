import { route } from "../route/route.js";
import type { Way } from "../route/route.js";
import type { Server, Topology } from "../topology/topology.js";

/** Somebody on the net and somebody in the same building; this machine itself is the operator's. */
const CLIENTS = ["203.0.113.7", "10.0.0.7"];
const METHODS = ["GET", "POST"];
/** A file with more paths is asked about its first ones: those of its sections come in front. */
const MOST_PATHS = 100;

/**
 * True when a change of a configuration lets a stranger reach what he did not reach before: a page of httpd itself, such
 * as balancer-manager, or a backend that was closed to him.
 *
 * @param paths - those that the configuration names
 */
export function opensMore(before: Topology, after: Topology, paths: readonly string[]): boolean {
  const asked = [...new Set(["/", ...paths])].slice(0, MOST_PATHS);
  return before.servers.some((server, index) => {
    const changed = after.servers[index];
    return changed !== undefined && asked.some((path) => opensPath({ before, server, after, changed }, path));
  });
}

interface Change {
  readonly before: Topology;
  readonly server: Server;
  readonly after: Topology;
  readonly changed: Server;
}

function opensPath({ before, server, after, changed }: Change, path: string): boolean {
  return entrancesOf(server).some(({ port, host }) =>
    CLIENTS.some((client) =>
      METHODS.some((method) => {
        const request = { method, path, client, headers: { Host: host } };
        const was = reachOf(route(before, server, { port }, request));
        const is = reachOf(route(after, changed, { port }, request));
        return (is === "page" && was !== "page") || (is === "backend" && was === "closed");
      }),
    ),
  );
}

function entrancesOf({
  serverName,
  virtualHosts,
}: Server): readonly { readonly port: number; readonly host: string }[] {
  const main = { port: 80, host: serverName ?? "localhost" };
  const own = virtualHosts.flatMap((host) =>
    host.addresses.map((address) => ({
      port: Number(/:([0-9]+)$/.exec(address)?.[1] ?? 80),
      host: host.serverName ?? main.host,
    })),
  );
  return own.length === 0 ? [main] : own;
}

function reachOf({ to }: Way): "page" | "backend" | "closed" | "nothing" {
  if (to.kind === "proxy") return "backend";
  if (to.status === 200) return "page";
  return to.status === 401 || to.status === 403 ? "closed" : "nothing";
}
