import { frontOf } from "../route/front.js";
import type { RouteLine } from "../route/line.js";
import { rewriteLine } from "../httpd/rewrite-line.js";
import type { Mount, Server, Topology, VirtualHost } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { exampleOf } from "./example-path.js";

/** Paths with which requests to a scope are tried. */
export interface AskedPaths {
  readonly mounts: readonly MountPaths[];
  /** Paths that other lines of the scope name. */
  readonly named: readonly string[];
}

/** The paths of one mount: itself, and what stands for everything below it. */
export interface MountPaths {
  readonly mount: Mount;
  readonly at: Pointer;
  readonly paths: readonly string[];
  /** True where the paths stand for all of the mount: a prefix, and not an expression of which they are one example. */
  readonly exhaustive: boolean;
}

/** Stands for any name: one that no line means. */
const ANY = "any-name";

/** The paths that the mounts of the main server or of a virtual host and other lines name; queries are left out, as no mount looks at them. */
export function askedPaths(topology: Topology, server: Server, host: VirtualHost | undefined, at: Pointer): AskedPaths {
  const mounts = (host ?? server).mounts.map((mount, index): MountPaths => {
    const base = mount.match === true ? exampleOf(mount.path) : mount.path;
    const below = base.endsWith("/") ? [`${base}${ANY}`] : [`${base}/`, `${base}/${ANY}`];
    return {
      mount,
      at: `${at}/mounts${pointerStep(index)}`,
      paths: [base, ...below].filter(isPath),
      exhaustive: mount.match !== true && mount.via === undefined,
    };
  });
  const named = frontOf(topology, server, host, at).flatMap(pathsOf).filter(isPath);
  return { mounts, named: [...new Set(named)] };
}

/** Names of directives whose first word is a path, and of those where it is an expression. */
const PREFIXES = new Set(["proxypass", "redirect", "redirectpermanent", "redirecttemp", "alias", "scriptalias"]);
const EXPRESSIONS = new Set(["proxypassmatch", "redirectmatch", "aliasmatch", "scriptaliasmatch", "locationmatch"]);

function pathsOf(line: RouteLine): readonly string[] {
  const inner = (line.children ?? []).flatMap(pathsOf);
  return [...ownPaths(line), ...inner];
}

function ownPaths({ name, words, text }: RouteLine): readonly string[] {
  const [first = "", second = "", third = ""] = words;
  if (name === "location") return first === "~" ? [exampleOf(second)] : [first.replaceAll(/[*?]/g, "a")];
  if (name === "rewriterule") return [exampleOf(rewriteLine(text)?.first ?? "")];
  if (name === "rewritecond") return /^%\{REQUEST_URI\}$/i.test(first) ? [exampleOf(second.replace(/^!/, ""))] : [];
  if (EXPRESSIONS.has(name)) return [exampleOf(first)];
  if (!PREFIXES.has(name)) return [];
  return [first.startsWith("/") ? first : second.startsWith("/") && third !== "" ? second : ""];
}

function isPath(path: string): boolean {
  return /^\/[^\s?#]*$/.test(path);
}
