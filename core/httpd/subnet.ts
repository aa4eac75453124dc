import { strtol } from "./number.js";
import { isIpAddress } from "./address.js";

/** What is wrong with an address: not one at all, or httpd's sentence. */
export type SubnetComplaint =
  "not an address" | "The specified IP address is invalid." | "The specified network mask is invalid.";

/**
 * Reads an address, or a network with a mask or a number of bits, as `apr_ipsubnet_create` does (apr 1.7.2); undefined
 * when it is good. `10.1.` and `10.1` are networks.
 */
export function subnetComplaint(address: string, mask: string | undefined): SubnetComplaint | undefined {
  if (!address.includes(":") && !/^[0-9.]+$/.test(address)) return "not an address";
  const v6 = address.includes(":");
  if (!isIpAddress(address)) {
    const network = mask === undefined && !v6 && isPartialNetwork(address);
    return network ? undefined : "The specified IP address is invalid.";
  }
  if (v6 && /^::ffff:/i.test(address)) return "The specified IP address is invalid.";
  if (mask === undefined) return undefined;
  const bits = /^[ \t]*[+-]?[0-9]+$/.test(mask) ? strtol(mask) : 0n;
  const good = (bits > 0n && bits <= (v6 ? 128n : 32n)) || (!v6 && !mask.includes(":") && isIpAddress(mask));
  return good ? undefined : "The specified network mask is invalid.";
}

function isPartialNetwork(address: string): boolean {
  if (address.length >= "255.255.255.255".length + 1) return false;
  const parts = address.replace(/\.$/, "").split(".");
  return parts.length <= 4 && parts.every((part) => /^[0-9]+$/.test(part) && Number(part) <= 255);
}
