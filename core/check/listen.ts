import type { Listen } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { isBracketed, isPort, judgedAddress } from "./address-text.js";
import type { Expected } from "./address-text.js";
import type { Subject } from "./place.js";

const LISTEN_ADDRESS: Expected = {
  allowed: "an IP address, with '[...]' around IPv6",
  fix: "leave it out to listen on all addresses",
};

/** Addresses and ports httpd listens on; each is bound once. */
export function checkListen(listen: readonly Listen[], { at, subject }: Subject): readonly Problem[] {
  return listen.flatMap((own, index): readonly Problem[] => {
    const { address, port } = own;
    if (!isPort(port)) {
      const allowed = "a port from 1 to 65535";
      return [{ at: `${at}/${index}/port`, subject, found: shown(port), allowed, fix: "correct the port" }];
    }
    const good = address === undefined || address === "*" || isBracketed(address);
    const place: Subject = { at: `${at}/${index}/address`, subject };
    if (!good) return judgedAddress(address, place, LISTEN_ADDRESS, false);
    const other = listen.slice(0, index).find((earlier) => collide(earlier, own));
    return other === undefined ? [] : [boundTwice(other, own, { at: `${at}/${index}`, subject })];
  });
}

function boundTwice(first: Listen, second: Listen, place: Subject): Problem {
  const found =
    first.address === second.address
      ? "the same address and port twice"
      : `${written(first)} and ${written(second)}, of which one takes the port on all addresses`;
  return { ...place, found, allowed: "each once", fix: "remove one: httpd cannot bind it a second time" };
}

/**
 * True when a start fails with "Address already in use" (measured on httpd 2.4.71, Linux): whoever listens on all
 * addresses leaves no other of its port free, but for `0.0.0.0`, which is bound beside all of IPv6.
 */
function collide(left: Listen, right: Listen): boolean {
  if (left.port !== right.port) return false;
  const [a, b] = [left, right].map(({ address }) => (address === undefined || address === "*" ? "[::]" : address));
  if (a === b) return true;
  const both = [a, b];
  if (both.includes("[::]")) return !both.includes("0.0.0.0");
  return both.includes("0.0.0.0") && !both.some((address) => address?.startsWith("["));
}

function written({ address, port }: Listen): string {
  return shown(address === undefined ? String(port) : `${address}:${port}`);
}
