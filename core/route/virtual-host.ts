import type { VirtualHost } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { readHostAddress } from "../httpd/address-port.js";
import { isEveryAddress, isIpAddress } from "../httpd/address.js";
import { serverNameOf } from "../httpd/server-name.js";
import type { Doubt } from "./doubt.js";
import { wildcards } from "../httpd/fnmatch.js";
import type { Listener } from "./request.js";

/** One address of one `<VirtualHost>`. */
interface HostAddress {
  readonly host: number;
  readonly at: Pointer;
  /** As written, in lower case. */
  readonly text: string;
  readonly kind: "any" | "address" | "name";
  /** Undefined for every port. */
  readonly port: number | undefined;
  /** The one that it has where the main server's name, with this port, stands above it; undefined where it says its own. */
  readonly lent: number | undefined;
}

/** Virtual hosts as httpd looks them up. */
export interface HostTable {
  readonly addresses: readonly HostAddress[];
  readonly names: readonly ((name: string) => boolean)[];
}

/**
 * The table of a server's virtual hosts: `get_addresses` of server/vhost.c.
 *
 * @param mainPort - what the ServerName of the main server says
 */
export function hostTable(hosts: readonly VirtualHost[], at: Pointer, mainPort: number | undefined): HostTable {
  return {
    addresses: hosts.flatMap(({ addresses }, host) =>
      addresses.map((address) => {
        const own = hostAddress(address, host, `${at}/virtualHosts/${host}`);
        return /:(?:[0-9]+|\*)$/.test(address) ? own : { ...own, lent: mainPort };
      }),
    ),
    names: hosts.map(nameTest),
  };
}

function hostAddress(address: string, host: number, at: Pointer): HostAddress {
  const read = readHostAddress(address);
  const text = (read?.host ?? "").toLowerCase();
  const kind = isEveryAddress(text) ? "any" : isIpAddress(text) ? "address" : "name";
  return { host, at, text, kind, port: read?.port, lent: undefined };
}

/** `matches_aliases`: ServerName, ServerAlias with `*` and `?`. */
function nameTest({ serverName, serverAliases = [] }: VirtualHost): (name: string) => boolean {
  const own = serverName === undefined ? undefined : serverNameOf(serverName).name.toLowerCase();
  const aliases = serverAliases.map((alias) => alias.toLowerCase());
  const patterns = aliases
    .filter((alias) => /[*?]/.test(alias))
    .map((alias) => wildcards(alias.replaceAll("[", "\\["), "text"));
  return (name) => own === name || aliases.includes(name) || patterns.some((pattern) => pattern?.test(name) === true);
}

/** The host of a connection before anything was read, and all that its address leads to. */
export interface Connection {
  /** Index of the virtual host; -1 for the main server. */
  readonly base: number;
  readonly candidates: readonly { readonly host: number; readonly text: string }[];
}

/** `ap_update_vhost_given_ip`: an address before `*`, the port before all ports. */
export function connectionOf({ addresses }: HostTable, listener: Listener, doubt: Doubt): Connection {
  const called = addresses.filter((one) => one.kind !== "any" && isCalled(one, listener, doubt));
  const chains = [
    called.filter(({ port }) => port === listener.port),
    called.filter(({ port }) => port === undefined),
    addresses.filter(({ kind, port }) => kind === "any" && port === listener.port),
    addresses.filter((one) => one.kind === "any" && one.port === undefined && hasPort(one, listener, doubt)),
  ];
  const candidates = chains.find((chain) => chain.length > 0) ?? [];
  return { base: candidates[0]?.host ?? -1, candidates };
}

/** Whether the main server's name stands above the host or below it nobody here can say. */
function hasPort({ lent, at }: Pick<HostAddress, "lent" | "at">, { port }: Listener, doubt: Doubt): boolean {
  return lent === undefined || lent === port || !doubt.guess(at);
}

/** A name stands for the addresses it has, which nobody here can ask for. */
function isCalled(
  { kind, text, at, port, lent }: HostAddress,
  { address, port: called }: Listener,
  doubt: Doubt,
): boolean {
  if (port !== undefined && port !== called) return false;
  if (lent !== undefined && !hasPort({ lent, at }, { port: called }, doubt)) return false;
  if (kind === "name" && text !== "localhost") return doubt.guess(at);
  if (address === undefined) return doubt.guess(at);
  return text === "localhost" ? address === "127.0.0.1" || address === "::1" : text === address;
}

/** `update_server_from_aliases`: the first host with the name, else the first whose address is written so, else the first. */
export function hostNamed({ names }: HostTable, { base, candidates }: Connection, header: string | undefined): number {
  if (header === undefined || candidates.length === 0) return base;
  const name = header
    .replace(/:[0-9]*$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
  const byName = candidates.find(({ host }) => names[host]?.(name) === true);
  const byAddress = candidates.find(({ text }) => text === name.replace(/^\[|\]$/g, ""));
  return (byName ?? byAddress)?.host ?? base;
}
