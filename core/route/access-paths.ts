import type { Server, Topology } from "../topology/topology.js";
import { frontOf } from "./front.js";
import type { RouteLine } from "./line.js";
import { scopesAt } from "./scopes.js";

/** What a configuration names that decides who may reach what. */
export interface Named {
  readonly paths: readonly string[];
  readonly methods: readonly string[];
  readonly clients: readonly string[];
}

/** Somebody on the net, somebody in the same building, and this machine itself. */
const CLIENTS = ["203.0.113.7", "10.0.0.7", "127.0.0.1"];
const METHODS = ["GET", "POST"];

/** Directives whose first argument is a path, or an expression about paths. */
const ABOUT_PATHS: ReadonlySet<string> = new Set([
  ...["location", "locationmatch", "proxypass", "proxypassmatch", "alias", "aliasmatch", "scriptalias"],
  ...["scriptaliasmatch", "redirect", "redirectmatch", "redirectpermanent", "redirecttemp", "rewriterule"],
  ...["rewritecond", "setenvif", "setenvifnocase", "errordocument", "if", "elseif"],
]);

/** The paths, methods and clients that a server's lines name, with others that none of them names. */
export function namedIn(topology: Topology, server: Server): Named {
  const paths = new Set(["/", "/no-such-path"]);
  const methods = new Set(METHODS);
  const clients = new Set(CLIENTS);
  const read = (lines: readonly RouteLine[]): void => {
    for (const { name, words, children } of lines) {
      if (ABOUT_PATHS.has(name)) for (const path of words.flatMap(pathsIn)) paths.add(path);
      if (name === "limit" || name === "limitexcept" || (name === "require" && words[0]?.toLowerCase() === "method")) {
        for (const word of words) if (/^[A-Z]{3,}$/.test(word)) methods.add(word);
      }
      if (/^(?:require|allow|deny)$/.test(name)) for (const client of words.flatMap(addressIn)) clients.add(client);
      if (children !== undefined) read(children);
    }
  };
  for (const { host, at } of scopesAt(topology, server)) read(frontOf(topology, server, host, at));
  return { paths: [...paths], methods: [...methods], clients: [...clients] };
}

/** Paths beside a path: below it, with and without a slash at its end, with one letter more, written in other ways. */
export function neighboursOf(path: string): readonly string[] {
  const bare = path.replace(/\/+$/, "");
  const above = bare.slice(0, bare.lastIndexOf("/") + 1);
  const all = [path, bare, `${bare}/`, `${bare}/x`, `${bare}x`, `/${path}`, above, above.replace(/\/$/, "")];
  return [...new Set(all.filter((one) => one.startsWith("/")))];
}

/** A path as it is written, or samples of what an expression about paths may match. */
function pathsIn(word: string): readonly string[] {
  if (/^(?:https?|ajp|balancer|unix|proxy):|^%|^-$|^!$/.test(word)) return [];
  const text = word.replace(/^!/, "");
  if (/^\/[^\\^$|()[\]{}*+?]*$/.test(text)) return [text];
  return alternatives(text).flatMap((one) => {
    const plain = sampleOf(one);
    if (plain.startsWith("/")) return [plain];
    return plain === "" ? [] : [`/${plain}`, `/x/${plain}`];
  });
}

/** Each choice of the groups of an expression, as far as they do not stand in each other. */
function alternatives(text: string): readonly string[] {
  const [whole, inner] = /\((?:\?[:i]+\)?)?([^()]*)\)/.exec(text) ?? [];
  if (whole === undefined || inner === undefined) return text.split("|").slice(0, 8);
  const choices = inner.split("|").slice(0, 4);
  return choices.flatMap((choice) => alternatives(text.replace(whole, () => choice))).slice(0, 16);
}

/** A text that an expression without groups matches, as a rule. */
function sampleOf(text: string): string {
  return text
    .replace(/[\^$]/g, "")
    .replace(/\\([.\/-])/g, "$1")
    .replace(/\\d|\[[^\]]*[0-9][^\]]*\]/g, "1")
    .replace(/\\w|\\S|\[[^\]]*\]/g, "x")
    .replace(/\.(?=[*+?{])/g, "x")
    .replace(/[*+?]|\{[^}]*\}|[()\\]/g, "");
}

/** An address of a network, or the beginning of one. */
function addressIn(word: string): readonly string[] {
  const [, start] = /^([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})\.?(?:\/[0-9.]+)?$/.exec(word) ?? [];
  if (start === undefined) return [];
  const parts = start.split(".");
  const filled = [...parts, "1", "1", "1"].slice(0, 4);
  const last = filled[3] === "0" ? "1" : (filled[3] ?? "1");
  return [[...filled.slice(0, 3), last].join("."), start].filter((one) => one.split(".").length === 4);
}
