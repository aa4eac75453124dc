/** True for a literal IPv4 or IPv6 address as `apr_inet_pton` reads it: zeros in front do not matter. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** True for what the resolver takes for an address of its own accord: also `127.1`, `0` and `0x7f.1`, and this host. */
export function isSourceAddress(text: string): boolean {
  const parts = text.split(".");
  const numeric = parts.every((part) => /^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(part));
  const last = 256 ** (5 - parts.length);
  const small = parts.every((part, index) => octalOrNumber(part) < (index === parts.length - 1 ? last : 256));
  return isIpv6(text) || text === "localhost" || (parts.length <= 4 && numeric && small);
}

/** True for a host that is this machine itself: `localhost`, and the addresses of the loopback device. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || (host.startsWith("127.") && isIpv4(host));
}

/** True for all addresses of a machine, as `Listen`, `<VirtualHost>` and servers of other makes write them. */
export function isEveryAddress(text: string): boolean {
  return EVERY_ADDRESS.has(text.toLowerCase());
}

const EVERY_ADDRESS: ReadonlySet<string> = new Set(["*", "_default_", "0.0.0.0", "::", "[::]"]);

function octalOrNumber(text: string): number {
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^[0-9]+$/.test(part) && Number(part) <= 255);
}

/** True for an IPv6 address without brackets and scope, as `apr_inet_pton` reads it. */
export function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const all = groups.flat();
  const last = all.at(-1) ?? "";
  const mapped = last.includes(".");
  if (mapped && !isIpv4(last)) return false;
  const hex = mapped ? all.slice(0, -1) : all;
  if (!hex.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  const count = hex.length + (mapped ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}
