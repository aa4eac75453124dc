import { writeAccess } from "./access.js";
import { met, metSection } from "./piece.js";
import type { Piece } from "./piece.js";
import type { Server, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";

/**
 * Nothing of the file system is served unless the user's own lines open a folder. A handler that leads to a balancer is
 * reached by way of the file system, so this would close it too: measured on httpd 2.4.71, 403 in place of a member's 200.
 */
export function writeClosedFileSystem(topology: Topology, server: Server, at: Pointer): readonly Piece[] {
  const scopes = [server, ...server.virtualHosts];
  if (scopes.some(({ mounts }) => mounts.some(({ via }) => via === "handler"))) return [];
  const closed = [met("AllowOverride", ["None"], at), ...writeAccess({ kind: "denied" }, topology.httpd, at)];
  return [metSection("Directory", ["/"], at, closed)];
}
