import type { Server, Topology, VirtualHost } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { describedFront } from "./described-front.js";
import { linesOf } from "./line.js";
import type { RouteLine } from "./line.js";

/**
 * The lines of a scope that a request meets: as they were read, or as they are written from what the topology says.
 *
 * @param host - undefined for the main server
 */
export function frontOf(
  topology: Topology,
  server: Server,
  host: VirtualHost | undefined,
  at: Pointer,
): readonly RouteLine[] {
  const { front } = host ?? server;
  return front === undefined ? describedFront(topology, server, host, at) : linesOf(front, `${at}/front`);
}
