import { isIpAddress } from "./address.js";

/**
 * `apr_ipsubnet_test` (network_io/unix/sockaddr.c): whether an address is in a network as `Require ip` and `Allow from`
 * write it: `10.1.2.3`, `10.1`, `10.1.0.0/16`, `10.1.0.0/255.255.0.0`, `2001:db8::/32`.
 *
 * @returns undefined where the network is a name
 */
export function cidrContains(network: string, address: string): boolean | undefined {
  const [base = "", mask] = network.split("/", 2);
  if (!base.includes(":") && !/^[0-9.]+$/.test(base)) return undefined;
  const own = bitsOf(address);
  const parts = base.replace(/\.$/, "").split(".");
  const partial = !base.includes(":") && parts.length < 4;
  const wanted = bitsOf(partial ? [...parts, "0", "0", "0"].slice(0, 4).join(".") : base);
  if (own === undefined || wanted === undefined) return undefined;
  if (own.length !== wanted.length) return false;
  const length = partial ? parts.length * 8 : maskLength(mask, wanted.length);
  return own.slice(0, length) === wanted.slice(0, length);
}

function maskLength(mask: string | undefined, all: number): number {
  if (mask === undefined) return all;
  if (/^[0-9]+$/.test(mask)) return Number(mask);
  return (bitsOf(mask) ?? "").replace(/0+$/, "").length;
}

/** The bits of an address; an IPv4 one in IPv6 counts as IPv4. */
function bitsOf(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=[0-9.]+$)/i, "");
  if (!isIpAddress(plain)) return undefined;
  if (!plain.includes(":"))
    return plain
      .split(".")
      .map((part) => binary(Number(part), 8))
      .join("");
  const [head = "", tail] = plain.split("::", 2);
  const front = groupsOf(head);
  const back = groupsOf(tail ?? "");
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<number>(zeros).fill(0), ...back].map((group) => binary(group, 16)).join("");
}

function groupsOf(half: string): readonly number[] {
  if (half === "") return [];
  return half.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, "0");
}
