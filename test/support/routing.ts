import { entryOf } from "../../core/model/entry.js";
import type { Entry } from "../../core/model/entry.js";
import { route } from "../../core/route/route.js";
import { listensOf, portCalled } from "../../core/topology/ports.js";
import type { Topology } from "../../core/topology/topology.js";

/** Where a client's request for a path goes; on the server's first port, if none is named. */
export function routed(topology: Topology, request: { readonly path: string; readonly port?: number }): Entry {
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server is described");
  const port = request.port ?? portCalled(server, undefined) ?? 80;
  const address = listensOf(server).find((listen) => listen.port === port)?.address ?? "127.0.0.1";
  const way = route(
    topology,
    server,
    { address, port },
    { method: "GET", path: request.path, headers: { Host: `${address}:${port}` }, client: "127.0.0.1" },
  );
  return entryOf(topology, way);
}
