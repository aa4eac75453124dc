import type { Server, Topology, VirtualHost } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { hostPointer, serverPointer } from "../written/server.js";

/** A main server, with no host, or a virtual host, and where it stands. */
export interface ScopeAt {
  readonly host: VirtualHost | undefined;
  readonly at: Pointer;
}

/** The main server and its virtual hosts, in the order of the file. */
export function scopesAt(topology: Topology, server: Server): readonly ScopeAt[] {
  const at = serverPointer(topology, server);
  return [{ host: undefined, at }, ...server.virtualHosts.map((host, index) => ({ host, at: hostPointer(at, index) }))];
}
