import type { Listener } from "../route/request.js";
import { isEveryAddress, isIpAddress } from "../httpd/address.js";
import { serverNameOf } from "../httpd/server-name.js";
import { listensOf, portCalled, portOf } from "../topology/ports.js";
import type { Server, VirtualHost } from "../topology/topology.js";

/** Where a client of the machine itself connects to, and where a scenario plays. */
export const LOOPBACK = "127.0.0.1";

/** Most virtual hosts by whose name the mounts of the main server, which all of them have, are tried. */
const MOST_SHARING = 20;

/** One way to come to a server: where a client connects to, and what it calls the server. */
export interface Door {
  readonly listener: Listener;
  /** The Host header. */
  readonly header: string;
  /** Host of a scenario's request that comes here; undefined where it needs none. */
  readonly host: string | undefined;
  /** Virtual hosts whose paths are tried here: -1 stands for the main server. */
  readonly scopes: readonly number[];
}

/** The doors of a server: each port by its address, and each virtual host by its name. */
export function doorsOf(server: Server): readonly Door[] {
  const first = portCalled(server, undefined) ?? 80;
  const ports = listensOf(server).map(({ address = LOOPBACK, port }): Door => {
    const host = port === first ? undefined : `localhost:${port}`;
    const header = host ?? `${address}:${port}`;
    return { listener: { address, port }, header, host, scopes: [-1, ...server.virtualHosts.keys()] };
  });
  const named = server.serverName === undefined ? [] : [doorNamed(server, server.serverName, first, [-1])];
  const hosts = server.virtualHosts.flatMap((host, index) => {
    const scopes = index < MOST_SHARING ? [-1, index] : [index];
    return host.addresses.map((address) => hostDoor(server, host, address, scopes));
  });
  const doors = [...ports.slice(0, MOST_SHARING), ...named, ...hosts];
  return [...new Map(doors.map((door) => [keyOf(door), door])).values()];
}

/** What a virtual host is called: its name, else an alias without wildcards. */
function nameOf({ serverName, serverAliases = [] }: VirtualHost): string {
  return serverName ?? serverAliases.find((alias) => !/[*?]/.test(alias)) ?? "localhost";
}

function hostDoor(server: Server, host: VirtualHost, address: string, scopes: readonly number[]): Door {
  const port = portOf(address) ?? portCalled(server, undefined) ?? 80;
  const literal = address.replace(/:(?:[0-9]+|\*)$/, "").replace(/^\[|\]$/g, "");
  const door = doorNamed(server, nameOf(host), port, scopes);
  const any = !isIpAddress(literal) || isEveryAddress(literal);
  return any ? door : { ...door, listener: { ...door.listener, address: literal } };
}

function doorNamed(server: Server, name: string, port: number, scopes: readonly number[]): Door {
  const { name: bare } = serverNameOf(name);
  const host = port === portCalled(server, undefined) ? bare : `${bare}:${port}`;
  const address = listensOf(server).find((listen) => listen.port === port)?.address ?? LOOPBACK;
  return { listener: { address, port }, header: host, host, scopes };
}

function keyOf({ listener, header, scopes }: Door): string {
  return JSON.stringify([listener.address, listener.port, header, scopes]);
}
