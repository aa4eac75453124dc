import type { ServerName } from "../httpd/server-name.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { DirConf, Said } from "./dir-conf.js";
import type { EnvironmentRule } from "./environment.js";
import type { Loaded } from "./loaded.js";
import type { Pass } from "./pass.js";
import type { Redirect } from "./redirect.js";
import { mergedRewrite } from "./rewrite-inheritance.js";
import type { RewriteScope } from "./rewrite-inheritance.js";
import type { RewriteRule } from "./rewrite-rule.js";
import type { FolderSection, RouteSection } from "./dir-conf.js";

/** How large a request may be. */
export interface RequestLimits {
  /** LimitRequestLine. @default 8190 */
  readonly line?: Said<number>;
  /** LimitRequestFieldSize. @default 8190 */
  readonly fieldSize?: Said<number>;
  /** LimitRequestFields. @default 100; 0 for any number */
  readonly fields?: Said<number>;
}

/** The main server or a virtual host, ready to be asked: its own lines and what it has from the main server. */
export interface Host {
  /** Name of the virtual host in the topology; undefined for the main server. */
  readonly name: string | undefined;
  readonly serverName: ServerName | undefined;
  /** That of its name, or of the first of its addresses; undefined where neither says one. */
  readonly port: number | undefined;
  /** The scope's own lines, for all paths. */
  readonly base: DirConf;
  readonly locations: readonly RouteSection[];
  readonly proxies: readonly RouteSection[];
  /** `<Directory>`, only for what is no proxied request. */
  readonly folders: readonly FolderSection[];
  /** `<Files>`, behind all of these. */
  readonly files: readonly RouteSection[];
  readonly passes: readonly Pass[];
  readonly redirects: readonly Redirect[];
  /** Alias, ScriptAlias and their kin. */
  readonly aliases: readonly Redirect[];
  readonly rules: readonly RewriteRule[];
  readonly rewriteOptions: readonly string[];
  /** Some line of the scope is mod_rewrite's: without one, not even what is inherited counts. */
  readonly rewrites: boolean;
  readonly environment: readonly EnvironmentRule[];
  /** Variables, in lower case, that a line of this scope or of the main server gives a value, wherever it stands. */
  readonly named: ReadonlySet<string>;
  readonly limits: RequestLimits;
  readonly documentRoot: Said<string> | undefined;
  /** SSLEngine; undefined where it is not said. */
  readonly secure: boolean | undefined;
  /** MergeSlashes Off. */
  readonly keepsSlashes: Pointer | undefined;
  /** The modules that are loaded. */
  readonly loaded: Loaded;
  /** The line of a module that asks about access path by path (`AP_AUTH_INTERNAL_PER_URI`). */
  readonly asksPaths: Pointer | undefined;
  /** TraceEnable. */
  readonly trace: Said<"on" | "off" | "extended"> | undefined;
  /** UseCanonicalName that is not Off: the server's name is not the one it is called by. */
  readonly canonical: Pointer | undefined;
  /** LimitInternalRecursion. */
  readonly recursion: Pointer | undefined;
  /** ProxyRequests On: a forward proxy. */
  readonly forward: Pointer | undefined;
}

/** A virtual host with what it has from the main server: each module's server merge. */
export function inherited(own: Host, main: Host, base: DirConf): Host {
  const rewriting = mergedRewrite(scopeOf(main), scopeOf(own));
  return {
    ...own,
    base,
    port: own.serverName === undefined ? (own.port ?? main.port) : own.port,
    locations: [...main.locations, ...own.locations],
    proxies: [...main.proxies, ...own.proxies],
    folders: inOrder([...main.folders, ...own.folders]),
    files: [...main.files, ...own.files],
    passes: [...main.passes, ...own.passes],
    redirects: [...own.redirects, ...main.redirects],
    aliases: [...own.aliases, ...main.aliases],
    rules: own.rewrites ? rewriting.rules : [],
    environment: [...main.environment, ...own.environment],
    named: new Set([...main.named, ...own.named]),
    limits: { ...main.limits, ...own.limits },
    documentRoot: own.documentRoot ?? main.documentRoot,
    secure: own.secure ?? main.secure,
    keepsSlashes: own.keepsSlashes ?? main.keepsSlashes,
    forward: own.forward ?? main.forward,
    trace: own.trace ?? main.trace,
    canonical: own.canonical ?? main.canonical,
    recursion: own.recursion ?? main.recursion,
    asksPaths: own.asksPaths ?? main.asksPaths,
  };
}

/** `core_reorder_directories` of server/core.c: the outer folder before the inner one, wherever they stand. */
export function inOrder(folders: readonly FolderSection[]): readonly FolderSection[] {
  return [...folders].sort((one, other) => (one.depth === other.depth ? 0 : one.depth - other.depth));
}

function scopeOf({ rewriteOptions, rules }: Host): RewriteScope {
  return rewriteOptions.length === 0 ? { rules } : { options: rewriteOptions, rules };
}
