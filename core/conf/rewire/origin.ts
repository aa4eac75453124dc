import { asciiLower } from "../../httpd/ascii.js";
import { defaultPortOf } from "../../httpd/default-port.js";

/**
 * A backend as far as a connection to it can tell: what it speaks (`http`, `https` or `ajp`), host and port. Members
 * that share it are one server.
 */
export type Origin = string;

/** The URL of a backend, cut where its host and port end. */
export interface BackendUrl {
  /** As written. */
  readonly scheme: string;
  readonly origin: Origin;
  /** What follows host and port. */
  readonly rest: string;
}

/** What a stub can stand in for: schemes and what is spoken on the wire. WebSocket begins as HTTP. */
const SPOKEN: ReadonlyMap<string, string> = new Map([
  ["http", "http"],
  ["https", "https"],
  ["ws", "http"],
  ["wss", "https"],
  ["ajp", "ajp"],
]);

/**
 * Reads the URL of a backend; a string says why none can stand in for it, undefined means that it names none (a
 * balancer, a path, no URL).
 *
 * A unix socket is a server of its own, whatever the host behind it.
 */
export function backendUrl(url: string): BackendUrl | string | undefined {
  const bar = /^unix:/i.test(url) ? url.indexOf("|") : -1;
  const socket = bar < 0 ? "" : url.slice("unix:".length, bar);
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url.slice(bar + 1));
  if (parts === null) return undefined;
  const [, scheme = "", behind = "", path = ""] = parts;
  if (asciiLower(scheme) === "balancer") return undefined;
  const spoken = SPOKEN.get(asciiLower(scheme));
  if (spoken === undefined) return `no stub speaks ${asciiLower(scheme)}`;
  // What is put in behind the port (`http://a:8080$1`) belongs to the path.
  const cut = /[$%]/.exec(behind.replace(/\$\{[^}]*\}/g, (name) => "$".repeat(name.length)))?.index ?? behind.length;
  const authority = behind.slice(0, cut).replace(/^.*@/, "");
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::([0-9]+))?$/.exec(authority) ?? [];
  const host = bracketed ?? plain;
  if (socket === "" && (host === undefined || host === "")) return "its host is only known when a request comes";
  const number = Number(port ?? defaultPortOf(asciiLower(scheme)));
  const origin = socket === "" ? `${spoken}://${asciiLower(host ?? "")}:${number}` : `${spoken}://unix:${socket}`;
  return { scheme, origin, rest: behind.slice(cut) + path };
}

/** The origin of a member's URL; the URL itself where none can stand in for it. */
export function originOf(url: string): Origin {
  const read = backendUrl(url);
  return typeof read === "object" ? read.origin : url;
}

/** What is spoken to a backend: `http`, `https` or `ajp`. */
export function schemeOf(origin: Origin): string {
  return origin.slice(0, Math.max(0, origin.indexOf(":")));
}
