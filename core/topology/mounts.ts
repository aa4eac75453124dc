import { orderLocations, orderMounts } from "./mount-order.js";
import type { Mount, Server, ServerScope, VirtualHost } from "./topology.js";

/**
 * Mounts in the order httpd tries them.
 *
 * Sections of the virtual host are merged after those of the main server and the last one wins; mounts outside
 * sections are tried from the main server's first one on, so that a main server's `/` hides all of the host's.
 * `ProxyPassInherit Off` changes nothing about mounts (all measured on httpd 2.4.71).
 */
export function mountsInOrder(server: Server, host?: VirtualHost): readonly Mount[] {
  const scopes: readonly ServerScope[] = host === undefined ? [server] : [server, host];
  const mounts = scopes.flatMap(mountsAsWritten);
  const placed = (place: Place): readonly Mount[] => mounts.filter((mount) => placeOf(mount) === place);
  const rewrites = (host ?? server).mounts.filter((mount) => placeOf(mount) === "rewrite");
  return [...rewrites, ...placed("location").toReversed(), ...placed("server"), ...placed("handler").toReversed()];
}

/** Mounts in the order their lines stand in the httpd.conf of a scope, those of sections after the others. */
export function mountsAsWritten({ mounts, mountOrder }: ServerScope): readonly Mount[] {
  if (mountOrder === "given") return mounts;
  const plain = mounts.filter((mount) => placeOf(mount) === "server");
  const others = mounts.filter((mount) => placeOf(mount) !== "server");
  const prefixes = others.filter(({ match }) => match !== true);
  const expressions = others.filter(({ match }) => match === true);
  return [...orderMounts(plain), ...orderLocations(prefixes), ...expressions];
}

type Place = "rewrite" | "location" | "server" | "handler";

function placeOf(mount: Mount): Place {
  if (mount.via !== undefined) return mount.via;
  return mount.inLocation === true ? "location" : "server";
}
