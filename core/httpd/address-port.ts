import { isIpv6 } from "./address.js";
import { atoi } from "./number.js";

/** An address and a port, as httpd takes them apart. */
export interface AddressPort {
  /** Without brackets and scope; undefined for a lone port. */
  readonly host: string | undefined;
  /** Undefined where none is written. */
  readonly port: number | undefined;
}

/**
 * `apr_parse_addr_port` (apr, network_io/unix/sockaddr.c): `80`, `host`, `host:80`, `[fd00::1]:80`; what stands in
 * brackets has to be an IPv6 address, with a scope behind `%` at most. Undefined for what it refuses.
 */
export function readAddressPort(text: string): AddressPort | undefined {
  const digits = /[0-9]*$/.exec(text)?.[0] ?? "";
  const before = text.slice(0, text.length - digits.length);
  const isPorted = before === "" || (before.endsWith(":") && digits !== "");
  const port = isPorted ? portOf(digits) : undefined;
  if (isPorted && port === undefined) return undefined;
  if (before === "") return { host: undefined, port };
  const host = isPorted ? before.slice(0, -1) : text;
  if (host === "") return undefined;
  if (!host.startsWith("[")) return { host, port };
  const inner = /^\[([^\]%]*)(?:%[^\]]+)?\]$/s.exec(host)?.[1];
  return inner !== undefined && isIpv6(inner) ? { host: inner, port } : undefined;
}

/**
 * An address of `<VirtualHost>`: `get_addresses` of server/vhost.c, which takes `:*` for every port before it asks
 * {@link readAddressPort}. Undefined for what is refused.
 */
export function readHostAddress(text: string): AddressPort | undefined {
  return readAddressPort(text.endsWith(":*") ? text.slice(0, -2) : text);
}

function portOf(digits: string): number | undefined {
  const port = atoi(digits);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
