import type { Executed, Expansion, Source } from "../run/executed.js";
import { argumentsOf } from "../text/arguments.js";
import type { Edit } from "../text/edit.js";
import { everyOne } from "./wired-lines.js";

/** Where balancer-managers are put into a configuration that is played. */
export interface ManagerScopes {
  /** Path they answer at; no request of a scenario asks for it. */
  readonly path: string;
  /** One more `address:port` of each virtual host, in the order of the configuration. */
  readonly hosts: readonly string[];
}

/**
 * Puts a balancer-manager into each virtual host, behind everything else so that it counts, and keeps rewriting and
 * mounts from it. The one of the main server is for the caller to add: {@link managerLines} behind the configuration.
 */
export function managerEdits(
  { directives }: Expansion,
  { path, hosts }: ManagerScopes,
): readonly { readonly source: Source; readonly edits: readonly Edit[] }[] {
  const virtual = virtualHosts(directives);
  const inHosts = virtual.flatMap((host, index) => {
    const own = hosts[index];
    return own === undefined ? [] : [{ source: host.source, edits: hostEdits(host, own, path) }];
  });
  const first = directives.find(isRewriting);
  if (first === undefined) return inHosts;
  const { start } = first.line;
  return [...inHosts, { source: first.source, edits: [{ start, end: start, text: `${keptFrom(path)}\n` }] }];
}

/** The lines of a balancer-manager that nothing else of its scope keeps from answering; its path is a secret. */
export function managerLines(path: string): readonly string[] {
  return [
    `<Location "${path}">`,
    "ProxyPass !",
    "SetHandler balancer-manager",
    ...OPEN,
    "</Location>",
    `<If "%{REQUEST_URI} == '${path}'">`,
    ...OPEN,
    "</If>",
  ];
}

/** The virtual hosts of a configuration, in its order. */
export function virtualHosts(directives: readonly Executed[]): readonly Executed[] {
  return everyOne(directives).filter(({ section, name }) => section && /^virtualhost$/i.test(name));
}

const OPEN: readonly string[] = [
  "<IfModule mod_authz_core.c>",
  "Require all granted",
  "</IfModule>",
  "<IfModule mod_access_compat.c>",
  "Satisfy any",
  "</IfModule>",
];

function keptFrom(path: string): string {
  return `<IfModule mod_rewrite.c>\nRewriteRule "^${path}" "-" [END]\n</IfModule>`;
}

function isRewriting({ name }: Executed): boolean {
  return /^Rewrite(?:Cond|Rule)$/i.test(name);
}

function hostEdits({ source, node }: Executed, address: string, path: string): readonly Edit[] {
  if (node.kind !== "section" || node.close === undefined) return [];
  const { end } = node.line;
  const { start } = node.close;
  const last = argumentsOf(source.tree.text, node).at(-1);
  const lines = managerLines(path).map((line) => `${line}\n`);
  return [
    ...(last === undefined ? [] : [{ start: last.end, end: last.end, text: ` ${address}` }]),
    { start: end, end, text: `${keptFrom(path)}\n` },
    { start, end: start, text: lines.join("") },
  ];
}
