import type { Listen, Server, ServerScope } from "./topology.js";

const HTTP_PORT = 80;

/**
 * Where a server is reached: what it listens on. A piece of an httpd.conf without a `Listen` is reached where its
 * virtual hosts say they are, and without these at port 80.
 */
export function listensOf({ listen, virtualHosts }: Server): readonly Listen[] {
  if (listen.length > 0) return listen;
  const ports = virtualHosts.flatMap(({ addresses }) => addresses.map((address) => portOf(address) ?? HTTP_PORT));
  return [...new Set(ports.length > 0 ? ports : [HTTP_PORT])].map((port) => ({ port }));
}

/** The port a client calls: the one its Host header names where the server is reached there, else the first one. */
export function portCalled(server: Server, host: string | undefined): number | undefined {
  const ports = listensOf(server).map(({ port }) => port);
  const named = host === undefined ? undefined : portOf(host);
  return named !== undefined && ports.includes(named) ? named : ports[0];
}

/** Who answers at a port: the virtual hosts that are there, else the main server. */
export function answeringAt(server: Server, port: number): readonly ServerScope[] {
  const hosts = server.virtualHosts.filter(({ addresses }) =>
    addresses.some((each) => [port, undefined].includes(portOf(each))),
  );
  return hosts.length > 0 ? hosts : [server];
}

/** True for a port at which a client has to speak TLS, with one of those who answer there at least. */
export function speaksTls(server: Server, port: number): boolean {
  return answeringAt(server, port).some(({ tls }) => tls !== undefined);
}

/** The port of an address of `<VirtualHost>` or of a Host header; undefined for one without, or on all ports. */
export function portOf(address: string): number | undefined {
  const written = /:([0-9]+)$/.exec(address.replace(/^\[[^\]]*\]/, "x"))?.[1];
  return written === undefined ? undefined : Number(written);
}
