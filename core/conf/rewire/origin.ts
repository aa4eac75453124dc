import { asciiLower } from "../../httpd/ascii.js";
import { backendOf } from "../../httpd/backend.js";

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
 */
export function backendUrl(url: string): BackendUrl | string | undefined {
  if (/^unix:/i.test(url)) return "no stub listens on a socket file";
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  if (parts === null) return undefined;
  const [, scheme = "", behind = "", path = ""] = parts;
  if (asciiLower(scheme) === "balancer") return undefined;
  const spoken = SPOKEN.get(asciiLower(scheme));
  if (spoken === undefined) return `no stub speaks ${asciiLower(scheme)}`;
  // What is put in behind the port (`http://a:8080$1`) belongs to the path.
  const cut = /[$%]/.exec(behind)?.index ?? behind.length;
  const { host = "", port = 0 } = backendOf(`${scheme}://${behind.slice(0, cut)}`) ?? {};
  if (host === "") return "its host is only known when a request comes";
  return { scheme, origin: `${spoken}://${host}:${port}`, rest: behind.slice(cut) + path };
}

/** The origin of a member's URL; the URL itself where none can stand in for it. */
export function memberOrigin(url: string): Origin {
  const read = backendUrl(url);
  return typeof read === "object" ? read.origin : url;
}

/** What is spoken to a backend: `http`, `https` or `ajp`. */
export function memberScheme(origin: Origin): string {
  return origin.slice(0, Math.max(0, origin.indexOf(":")));
}
