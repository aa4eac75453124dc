import type { Layout } from "./rig.js";

/**
 * Many configurations as one that is played in one httpd: each has a port of its own, its main lines in a virtual host
 * of that port. Only the first one's main lines stand where they stood, and all others have them, too.
 */
export function packed(layouts: readonly Layout[]): Layout {
  const [first, ...others] = layouts;
  if (first === undefined) return { main: [], hosts: [] };
  return { main: first.main, hosts: [...hostsAt(first, 0), ...others.flatMap((one, at) => alone(one, at + 1))] };
}

/** What is left of a packed configuration for those who call one of its ports. */
export function unpacked({ main, hosts }: Layout, place: number): Layout {
  const own = hosts.map((host) => ({ ...host, addresses: ofPort(host.addresses, place) }));
  return { main, hosts: own.filter(({ addresses }) => addresses.length > 0) };
}

/** Without those of other ports. */
function ofPort(addresses: readonly string[], place: number): readonly string[] {
  return portless(
    addresses.filter((one) => !one.includes("PORT") || one.endsWith(`PORT${place}`)),
    place,
  );
}

function portless(addresses: readonly string[], place: number): readonly string[] {
  return addresses.map((address) => (address.endsWith(`PORT${place}`) ? address.replace(/[0-9]+$/, "") : address));
}

function alone(layout: Layout, place: number): Layout["hosts"] {
  return [{ addresses: [`*:PORT${place}`], lines: layout.main }, ...hostsAt(layout, place)];
}

function hostsAt({ hosts }: Layout, place: number): Layout["hosts"] {
  return hosts.map(({ addresses, lines }) => ({
    lines,
    addresses: addresses.map((address) => address.replace("PORT", `PORT${place}`)),
  }));
}
