import type { Pointer } from "../vocabulary/problem.js";
import type { AccessOf22, Requirement } from "./access-rules.js";
import type { Going } from "./request.js";
import type { EnvironmentRule } from "./environment.js";
import type { HeaderChange } from "./headers.js";
import type { Pass } from "./pass.js";
import type { PerDirRewrite } from "./rewrite.js";
import type { FixedRedirect, Redirect } from "./redirect.js";

/** A value and the line that says it. */
export interface Said<T> {
  readonly value: T;
  readonly at: Pointer;
}

/** A variable of httpd's own environment, if it has it: the line that passes it on. */
export interface PassedVariable {
  readonly passedBy: Pointer;
}

/** `Require` lines of one section, and how they go together with those merged before. */
export interface Authorization {
  readonly requirements: readonly Requirement[];
  /** AuthMerging. @default "off" */
  readonly merging?: "and" | "or" | "off";
}

/** ProxyErrorOverride: whether httpd answers in the place of backends, and to which statuses; none for all from 400 on. */
export interface ErrorOverride {
  readonly on: boolean;
  readonly codes: readonly number[];
}

/**
 * What directives say for a part of the paths: `per_dir_config`, merged from the scope's own lines and the sections
 * that match. Everything is optional; what is absent is httpd's default.
 */
export interface DirConf {
  /** The ProxyPass of a section. */
  readonly pass?: Pass;
  readonly rewrite?: PerDirRewrite;
  readonly redirects?: readonly Redirect[];
  readonly redirect?: FixedRedirect;
  readonly handler?: Said<string>;
  readonly authorization?: Authorization;
  readonly authType?: Said<string>;
  readonly authName?: Said<string>;
  /** AllowMethods; empty for all. */
  readonly methods?: Said<readonly string[]>;
  /** SetEnv; UnsetEnv takes away what the sections before have set; PassEnv has what httpd was started with. */
  readonly variables?: ReadonlyMap<string, string | PassedVariable | undefined>;
  /** Lines that decide about files, by which of them there are. */
  readonly files?: readonly Pointer[];
  /** AddHandler: extensions, and the line. */
  readonly handlers?: readonly Said<readonly string[]>[];
  readonly access22?: AccessOf22;
  readonly errorDocuments?: ReadonlyMap<number, Said<string>>;
  readonly headers?: readonly HeaderChange[];
  readonly environment?: readonly EnvironmentRule[];
  readonly encodedSlashes?: Said<"on" | "off" | "nodecode">;
  /**
   * A directive of the core stands in it, or it is a section of the core: then AllowEncodedSlashes counts as Off in what
   * it is merged into, unless it says so itself (measured on httpd 2.4.71).
   */
  readonly ofCore?: true;
  readonly errorOverride?: Said<ErrorOverride>;
  readonly bodyLimit?: Said<number>;
  readonly options?: Said<readonly string[]>;
  /** `<If>`, in the order of the file. */
  readonly ifs?: readonly RouteSection[];
  /** Lines whose meaning is not known here. */
  readonly unread?: readonly Pointer[];
}

/** A part of the configuration that holds for some requests only. */
export interface RouteSection {
  readonly at: Pointer;
  readonly conf: DirConf;
  /** Undefined where nobody here can say. */
  readonly covers: (going: Going) => boolean | undefined;
}

/** `<Directory>`. */
export interface FolderSection extends RouteSection {
  /** Segments of its path, by which httpd sorts them (`reorder_sorter` of server/core.c); Infinity for an expression. */
  readonly depth: number;
}
