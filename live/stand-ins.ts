import { urlText } from "../core/scenario/nodes.js";
import type { Text, Topology } from "../core/topology/topology.js";

/** A backend of a topology, as far as a client of it can tell: scheme, host and port. */
export type Origin = string;

/** The origin of a worker's URL. A socket file (`unix:/path|http://host/`) is an origin of its own. */
export function originOf(url: Text): Origin {
  return split(url).origin;
}

/** The worker's URL with another origin; its path stays, and so does AJP. */
export function withOrigin(url: Text, authority: string): string {
  const { origin, path } = split(url);
  return `${schemeOf(origin)}://${authority}${path}`;
}

/** What is spoken to the stub of an origin: AJP as it is, HTTP in place of everything else. */
export function schemeOf(origin: Origin): "http" | "ajp" {
  return /(?:^|\|)ajp:/i.test(origin) ? "ajp" : "http";
}

/** Every backend that members and mounts of a topology name, each once, in order. */
export function originsOf(topology: Topology): readonly Origin[] {
  const members = topology.clusters.flatMap(({ members }) => members.map(({ url }) => url));
  const scopes = topology.servers.flatMap((server) => [server, ...server.virtualHosts]);
  const plain = scopes.flatMap(({ mounts }) => mounts.flatMap(({ to }) => (to.kind === "url" ? [to.url] : [])));
  return [...new Set([...members, ...plain].map(originOf))];
}

function split(url: Text): { readonly origin: Origin; readonly path: string } {
  const text = urlText(url);
  const bar = text.startsWith("unix:") ? text.indexOf("|") + 1 : 0;
  const parts = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(.*)$/is.exec(text.slice(bar));
  return { origin: text.slice(0, bar) + (parts?.[1] ?? text.slice(bar)), path: parts?.[2] ?? "" };
}
