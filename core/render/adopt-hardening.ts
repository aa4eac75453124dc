import { hardeningOf } from "../topology/hardening.js";
import type { Server } from "../topology/topology.js";
import { without } from "../vocabulary/without.js";
import type { HttpdVersion } from "../vocabulary/versions.js";

/** Why an adopted server is no more closed than the file it was read from. */
const AS_READ = "it is as the httpd.conf had it; take this out to close what it left open";

/**
 * A server that is as closed as the httpd.conf it was read from: what is said there stays among its own lines, and what
 * is not said there is left out.
 */
export function adoptHardening(server: Server, httpd: HttpdVersion): Server {
  const described = without(server, "front");
  const certified = [server, ...server.virtualHosts].filter(({ tls }) => tls !== undefined);
  const missing =
    hardeningOf(described, httpd, "server").length > 0 ||
    certified.some((scope) => hardeningOf(described, httpd, "tls", scope).length > 0);
  return missing ? { ...server, hardening: { all: { off: AS_READ } } } : server;
}
