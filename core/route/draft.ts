import type { DirConf } from "./dir-conf.js";
import { NAMED_BY_HTTPD } from "./env-variable.js";
import type { Host } from "./host.js";
import type { Limited } from "./limited.js";
import type { RewriteCondition } from "./rewrite-rule.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** A part of the configuration while its lines are read. */
export type DraftDir = { -readonly [K in keyof DirConf]: DirConf[K] };

/** A scope while its lines are read. */
export interface Draft extends Omit<Mutable<Host>, "base" | "named"> {
  readonly named: Set<string>;
  readonly base: DraftDir;
  /** RewriteCond lines that wait for their rule, by the part they stand in. */
  readonly conditions: Map<DraftDir, readonly RewriteCondition[]>;
}

/** Where a line stands. */
export interface Standing {
  readonly host: Draft;
  readonly dir: DraftDir;
  /** Argument of the section around it; absent outside of sections (`cmd->path`). */
  readonly path?: string;
  readonly limited?: Limited;
}

/** A scope of which nothing was read. */
export function emptyDraft(scope: Pick<Draft, "name" | "serverName" | "port" | "loaded">): Draft {
  return {
    ...scope,
    base: {},
    locations: [],
    proxies: [],
    folders: [],
    files: [],
    passes: [],
    redirects: [],
    aliases: [],
    rules: [],
    rewriteOptions: [],
    rewrites: false,
    environment: [],
    named: new Set(NAMED_BY_HTTPD),
    limits: {},
    documentRoot: undefined,
    secure: undefined,
    keepsSlashes: undefined,
    forward: undefined,
    asksPaths: undefined,
    trace: undefined,
    canonical: undefined,
    recursion: undefined,
    conditions: new Map(),
  };
}
