import { commandsOf, MODULE_TABLES } from "../conf/run/modules/command-tables.js";
import { neededModules } from "../topology/modules.js";
import type { Server, Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import { fillText } from "./files.js";
import { loadModule } from "./httpd.js";

/**
 * LoadModule lines for directives of kept lines whose module a rendering would not load by itself. Modules built into
 * the layout's httpd, and those of which one of several has to be chosen (MPMs), get none.
 */
export function modulesOfKeptLines(topology: Topology, server: Server): readonly string[] {
  const layout = LAYOUTS[server.layout];
  const loaded = new Set<string>([
    ...neededModules(topology, server, { layout, fragment: false }).map(({ name }) => name),
    ...layout.builtIn,
  ]);
  const wanted = new Set<string>();
  for (const line of keptLines(topology, server)) {
    const modules = MODULES_BY_DIRECTIVE.get(directiveOf(line)) ?? [];
    const [only, ...others] = modules;
    if (only !== undefined && others.length === 0 && !loaded.has(only)) wanted.add(only);
  }
  return [...wanted].sort().map((name) => fillText(loadModule(name, layout), ({ deferred }) => deferred));
}

function keptLines({ clusters }: Topology, server: Server): readonly string[] {
  const scopes = [server, ...server.virtualHosts];
  return [...clusters, ...scopes].flatMap(({ extra }) => extra ?? []);
}

/** `<Proxy` or `ProxySet`, in lower case. */
function directiveOf(line: string): string {
  return /^\s*(<?[A-Za-z0-9_]+)/.exec(line)?.[1]?.toLowerCase() ?? "";
}

/** Names of modules, without `_module`, that bring a directive; none for those of the core. */
const MODULES_BY_DIRECTIVE: ReadonlyMap<string, readonly string[]> = byDirective();

function byDirective(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [symbol, { file }] of MODULE_TABLES) {
    if (file === undefined) continue;
    for (const { name } of commandsOf(symbol)) {
      const key = name.toLowerCase();
      found.set(key, [...(found.get(key) ?? []), symbol.replace(/_module$/, "")]);
    }
  }
  return found;
}
