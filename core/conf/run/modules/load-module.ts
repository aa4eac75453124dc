import { MODULE_TABLES } from "../../../vocabulary/command-tables.js";
import type { LoadedModules } from "./loaded.js";
import type { LayoutName } from "../../../vocabulary/layouts.js";
import { isOthersModule } from "../../../vocabulary/other-modules.js";
import { isBuiltInto } from "./declared-layout.js";
import { rootRelative } from "../reader.js";
import type { ConfReader } from "../reader.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";

/** Where relative names of shared objects are looked up when no ServerRoot is set: Debian's modules are there. */
export const MODULE_ROOT = "/usr/lib/apache2";

/** What the loading of a shared object depends on. */
export interface LoadingContext {
  readonly modules: LoadedModules;
  readonly reader: ConfReader;
  /** Folder that relative names of shared objects start from. */
  readonly moduleRoot: string;
  /** Which modules are in the program. */
  readonly layout: LayoutName;
  /** Modules of others that this machine lacks are no fault: the configuration runs elsewhere. */
  readonly elsewhere: boolean;
}

/** Shared objects that use symbols of another module, and the first of those the linker misses without it. */
const LINKED: ReadonlyMap<string, { readonly to: string; readonly symbol: string }> = new Map([
  ...linked("proxy_module", {
    ajp: "proxy_module",
    balancer: "proxy_hcmethods",
    connect: "ap_proxy_tunnel_create",
    express: "proxy_module",
    fcgi: "proxy_module",
    fdpass: "proxy_hook_canon_handler",
    ftp: "ap_proxy_canonenc",
    hcheck: "proxy_hcmethods",
    http: "ap_proxy_location_reverse_map",
    http2: "ap_proxy_location_reverse_map",
    scgi: "proxy_hook_canon_handler",
    uwsgi: "proxy_module",
    wstunnel: "ap_proxy_pass_brigade",
  }),
  ...linked("cache_module", { disk: "ap_cache_cacheable_headers_in", socache: "ap_cache_cacheable_headers_in" }),
  ...linked("dav_module", { fs: "dav_do_find_liveprop", lock: "dav_push_error" }),
  ...linked("session_module", {
    cookie: "ap_hook_session_save",
    crypto: "ap_hook_session_encode",
    dbd: "ap_hook_session_save",
  }),
]);

type LinkedObject = readonly [string, { readonly to: string; readonly symbol: string }];

function linked(to: string, symbols: Readonly<Record<string, string>>): LinkedObject[] {
  const family = to.replace(/_module$/, "");
  return Object.entries(symbols).map(([name, symbol]) => [`mod_${family}_${name}.so`, { to, symbol }]);
}

/** `LoadModule`: `load_module` of modules/core/mod_so.c. */
export function loadModule([symbol = "", path = ""]: readonly string[], context: LoadingContext): Objection {
  const table = MODULE_TABLES.get(symbol);
  const builtIn = table !== undefined && table.file === undefined && isBuiltInto(context.layout, table.source);
  if (builtIn && table.source.startsWith("mod_")) {
    const mend = `remove the line: this httpd (${context.layout}) has the module in it; --httpd rhel9 and docker mean others`;
    return refused(`module ${symbol} is built-in and can't be loaded`, mend, symbol);
  }
  if (!builtIn && context.modules.symbols.has(symbol)) return undefined;
  const wrong = objectComplaint(path, context);
  if (wrong !== undefined) return wrong;
  const file = path.slice(path.lastIndexOf("/") + 1);
  const other = [...MODULE_TABLES.values()].find((module) => module.file === file);
  if (builtIn || (other !== undefined && other.symbol !== symbol)) {
    const absolute = rootRelative(context.moduleRoot, path);
    const cannot = `Can't locate API module structure \`${symbol}' in file ${absolute}`;
    const mend = other === undefined ? `name the file of ${symbol}` : `write LoadModule ${other.symbol} ${path}`;
    return refused(`${cannot}: ${absolute}: undefined symbol: ${symbol}`, mend, symbol);
  }
  context.modules.load(symbol);
  return undefined;
}

/** `LoadFile`. */
export function loadFile(paths: readonly string[], context: LoadingContext): Objection {
  return paths.map((path) => objectComplaint(path, context)).find((complaint) => complaint !== undefined);
}

/**
 * What the linker says about a shared object. That it is missing is only said where its folder can be seen: the
 * configuration may be meant for another machine.
 */
function objectComplaint(path: string, { modules, reader, moduleRoot, elsewhere }: LoadingContext): Objection {
  if (!path.includes("/")) return undefined;
  const absolute = rootRelative(moduleRoot, path);
  const at = absolute.lastIndexOf("/");
  const file = absolute.slice(at + 1);
  const cannot = `Cannot load ${path} into server: ${absolute}`;
  const unseen = elsewhere && isOthersModule(file);
  const beside = unseen ? undefined : reader.readFolder(at === 0 ? "/" : absolute.slice(0, at));
  if (beside !== undefined && !beside.includes(file)) {
    const folder = absolute.slice(0, at);
    const mend = `install the package that brings ${file} into ${folder}, or correct the path; where the module is not needed, remove the line`;
    return refused(`${cannot}: cannot open shared object file: No such file or directory`, mend, path);
  }
  const link = LINKED.get(file);
  if (link === undefined || modules.has(link.to)) return undefined;
  const first = `mod_${link.to.replace(/_module$/, "")}`;
  return refused(
    `${cannot}: undefined symbol: ${link.symbol}`,
    `load ${first} first: move its LoadModule line above this one, or add LoadModule ${link.to} modules/${first}.so`,
    path,
  );
}
