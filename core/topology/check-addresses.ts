import { isIpAddress } from "../httpd/address.js";
import { shown } from "../vocabulary/shown.js";
import type { Problem } from "../vocabulary/problem.js";
import { subnetComplaint } from "../httpd/subnet.js";
import { checkPattern, checkText } from "./check-text.js";
import type { Subject } from "./check-text.js";
import type { Listen } from "./topology.js";

/** What may be written in a place, and how. */
interface Expected {
  readonly allowed: string;
  readonly fix: string;
}

const LISTEN_ADDRESS: Expected = {
  allowed: "an IP address, with '[...]' around IPv6",
  fix: "leave it out to listen on all addresses",
};
const VHOST_ADDRESS: Expected = {
  allowed: "an address or '*', and a port from 1 to 65535 or '*'",
  fix: "write it like *:443",
};
const CLIENT_ADDRESS: Expected = { allowed: "an IP address or network", fix: "write it like 10.0.0.0/8" };
/** httpd takes no wildcards in ServerName (measured on httpd 2.4.71). */
const SERVER_NAME = {
  pattern: /^(https?:\/\/)?[A-Za-z0-9_.-]+(:[0-9]{1,5})?$/,
  allowed: "a host name without wildcards, with ':port' at most",
  fix: "write it like www.example.org; wildcards belong in serverAliases",
};
const SERVER_ALIAS = {
  pattern: /^(https?:\/\/)?[A-Za-z0-9_*?.-]+(:[0-9]{1,5})?$/,
  allowed: "a host name, '*' and '?' for any text",
  fix: "write it like *.example.org",
};

/** An address of a virtual host: one that httpd cannot resolve would be ignored with a warning, and the host with it. */
export function checkHostAddress(address: string, place: Subject): readonly Problem[] {
  const parts = /^(?<host>\*|_default_|\[[^\]]*\]|[^:]+)(?::(?<port>\*|[0-9]+))?$/i.exec(address)?.groups;
  const { host = "", port = "*" } = parts ?? {};
  const named = /^[A-Za-z][A-Za-z0-9.-]*$/.test(host);
  const good = host === "*" || host === "_default_" || named || isBracketed(host);
  return judged(address, place, VHOST_ADDRESS, good && (port === "*" || isPort(Number(port))));
}

/** A client's address or network, as httpd reads it behind `Require ip`. */
export function checkClientAddress(text: string, place: Subject): readonly Problem[] {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const mask = slash < 0 ? undefined : text.slice(slash + 1);
  const written = /^[0-9A-Fa-f:.]+(\/[0-9.]+)?$/.test(text);
  return judged(text, place, CLIENT_ADDRESS, written && subnetComplaint(address, mask) === undefined);
}

/** A name for ServerName, and the port httpd puts into redirects. */
export function checkServerName(name: string, place: Subject): readonly Problem[] {
  const problems = checkPattern(name, place, SERVER_NAME);
  const port = /:([0-9]+)$/.exec(name)?.[1];
  if (problems.length > 0 || port === undefined || isPort(Number(port))) return problems;
  return [{ ...place, found: shown(name), allowed: "a port from 1 to 65535", fix: "correct the port" }];
}

/** A name for ServerAlias. */
export function checkServerAlias(name: string, place: Subject): readonly Problem[] {
  return checkPattern(name, place, SERVER_ALIAS);
}

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
    if (!good) return judged(address, place, LISTEN_ADDRESS, false);
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

function judged(text: string, place: Subject, { allowed, fix }: Expected, good: boolean): readonly Problem[] {
  const unsafe = checkText(text, place);
  return unsafe.length > 0 || good ? unsafe : [{ ...place, found: shown(text), allowed, fix }];
}

/** An IPv4 address, or an IPv6 address in brackets. */
function isBracketed(text: string): boolean {
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  return inner === undefined ? !text.includes(":") && isIpAddress(text) : inner.includes(":") && isIpAddress(inner);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
