import { neededModules } from "../topology/modules.js";
import { oncePerServer } from "../topology/once-per-server.js";
import type { Server, Topology } from "../topology/topology.js";
import { BROUGHT_NAMES } from "../vocabulary/brought-names.js";
import { MODULE_TABLES } from "../vocabulary/command-tables.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { HttpdVersion } from "../vocabulary/versions.js";

/** The modules that a server runs with, as far as they decide about requests. */
export interface Loaded {
  /** Whether a module is loaded, by its name without `_module`. */
  readonly has: (module: string) => boolean;
  /** A module is loaded that nobody here knows. */
  readonly foreign: boolean;
  /** A module is loaded that is asked about access for each path anew; false where a fragment does not tell. */
  readonly asksPaths: boolean;
  /** The httpd they belong to, which decides who handles a scheme. */
  readonly httpd: HttpdVersion | undefined;
}

/** Modules that are asked about access for each path anew (server/request.c, `ap_setup_auth_internal`). */
const ASKS_PATHS: readonly string[] = ["allowmethods", "auth_form", "log_debug", "lua"];

/** Parts of the program without a table of directives. */
const OF_THE_PROGRAM: readonly string[] = ["core", "so", "http"];

/** Of a fragment every module counts as loaded. */
export const ALL_LOADED: Loaded = { has: () => true, foreign: true, asksPaths: false, httpd: undefined };

/** The modules of a server: those its httpd.conf loads, or those that are written for what it describes. */
export const loadedBy = oncePerServer((topology, server): Loaded => {
  if (server.modules !== undefined) return loadedOf(server.modules, topology.httpd);
  return server.front === undefined ? loadedOf(writtenModules(topology, server), topology.httpd) : ALL_LOADED;
});

function writtenModules(topology: Topology, server: Server): readonly string[] {
  const layout = LAYOUTS[server.layout];
  const needed = neededModules(topology, server, { layout, fragment: false });
  return [...layout.builtIn, ...needed.map(({ name }) => name), ...(server.extra ?? []).flatMap(loadedIn)];
}

function loadedIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*LoadModule\s+(\S+)_module\s/gim)].map(([, name = ""]) => name);
}

function loadedOf(modules: readonly string[], httpd: HttpdVersion): Loaded {
  const names = new Set(modules);
  return {
    has: (module) => names.has(module),
    foreign: modules.some((name) => !MODULE_TABLES.has(`${name}_module`) && !OF_THE_PROGRAM.includes(name)),
    asksPaths: ASKS_PATHS.some((name) => names.has(name)),
    httpd,
  };
}

/**
 * Whether a name that stands in a directive may mean something to the modules that are loaded: the one that brings it
 * is, or nobody here knows which one does.
 */
export function isBrought(kind: "handler" | "authentication", name: string, { has, foreign }: Loaded): boolean {
  const names: Readonly<Record<string, readonly string[]>> = BROUGHT_NAMES[kind].names;
  const modules = Object.hasOwn(names, name) ? names[name] : undefined;
  return modules === undefined ? foreign : modules.some(has);
}
