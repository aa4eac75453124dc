import type { HealthCheckExpression, HealthCheckTemplate, Manager, Mount } from "../../topology/topology.js";
import type { ParameterValue } from "../../vocabulary/parameter.js";
import type { LayoutName } from "../../vocabulary/layouts.js";
import type { HttpdVersion } from "../../vocabulary/versions.js";
import type { ReadFront } from "./front.js";
import type { ScopePlan } from "./scope-plan.js";
import type { ReadLine, Verdict } from "./read-conf-result.js";
import type { Worker } from "../run/effects.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import type { Statement, StatementWord } from "../run/statement.js";

/** Something with the place it was read at. */
export interface Located<T> {
  readonly value: T;
  readonly place: SourcePlace;
}

/** A value at a word, whose place is counted when somebody asks for it. */
export class LocatedAt<T> implements Located<T> {
  readonly value: T;
  readonly #word: StatementWord;

  constructor(value: T, word: StatementWord) {
    this.value = value;
    this.#word = word;
  }

  get place(): SourcePlace {
    return this.#word.place;
  }
}

/** Values by lower-case name; a name set again moves neither in order nor twice. */
export type GrowingParameters = Map<string, Located<ParameterValue>>;

/** A member while its balancer is read. */
export interface GrowingMember {
  readonly url: string;
  /** The word its URL is. */
  readonly word: StatementWord;
  readonly worker: Worker;
  readonly parameters: GrowingParameters;
}

/** A balancer while the file is read: defined where it is first named. */
export interface GrowingCluster {
  /** In lower case, as httpd keeps it. */
  readonly name: string;
  readonly place: SourcePlace;
  readonly parameters: GrowingParameters;
  readonly members: GrowingMember[];
  readonly extra: Located<string>[];
}

/** `ProxyPassReverse` and its cookie twins, until the mount they belong to is known. */
export interface GrowingReverse {
  readonly kind: "reverse" | "cookie-domain" | "cookie-path";
  readonly from: string;
  readonly to: string;
  /** Path of the `<Location>` it stands in. */
  readonly section?: string;
  readonly statement: Statement;
}

/** A mount while the file is read. */
export interface GrowingMount {
  readonly mount: Mount;
  /** Parameters of a plain worker, shared by all mounts that lead to it. */
  readonly worker?: GrowingWorker;
  readonly place: SourcePlace;
}

/** A worker outside balancers. */
export interface GrowingWorker {
  readonly url: string;
  readonly parameters: GrowingParameters;
}

/** The main server or a virtual host while the file is read. */
export interface GrowingScope {
  /** Undefined for the main server. */
  readonly addresses: readonly string[] | undefined;
  readonly place: SourcePlace | undefined;
  /** By name. */
  readonly clusters: Map<string, GrowingCluster>;
  /** Workers outside balancers that something is mounted to. */
  readonly workers: Map<Worker, GrowingWorker>;
  readonly mounts: GrowingMount[];
  readonly reverses: GrowingReverse[];
  readonly settings: GrowingParameters;
  /** ServerName, TLS files and the like: single values by lower-case directive, with the statement that set each. */
  readonly single: Map<string, Statement>;
  /** TLS directives by lower-case name. */
  readonly tls: Map<string, readonly Statement[]>;
  readonly aliases: Located<string>[];
  readonly listens: Statement[];
  readonly managers: Located<Manager>[];
  readonly extra: Located<string>[];
  /** What a request meets in it. */
  readonly front: ReadFront;
  readonly plan: ScopePlan;
  /**
   * Kinds of sections of which one is kept as text. Kept lines are written behind what is described, and httpd lets the
   * last section win, so that from then on what a section of the kind says is kept, too.
   */
  readonly keptKinds: Set<SectionKind>;
  /** True once `RewriteEngine On` was read; conditions wait for their rule. */
  rewriting: boolean;
  rewriteConditions: number;
}

/** Everything while the file is read. */
export interface GrowingConf {
  readonly httpd: HttpdVersion;
  readonly main: GrowingScope;
  readonly hosts: GrowingScope[];
  readonly templates: Located<HealthCheckTemplate>[];
  readonly expressions: Located<HealthCheckExpression>[];
  readonly layout: LayoutName;
  /** Symbols of loaded modules; undefined for a fragment. */
  readonly modules: ReadonlySet<string> | undefined;
  readonly lines: ReadLine[];
  /** True when access control of httpd 2.2 means the same in the words of 2.4, everywhere in the file. */
  readonly translatable: boolean;
  /** Access control of httpd 2.2 that is kept as text is kept in the words of 2.4. */
  readonly modernAccess: boolean;
}

/** Where a directive stands: the scope, and the section around it if that matters. */
export interface ReadPlace {
  readonly conf: GrowingConf;
  readonly scope: GrowingScope;
  /** Argument of the `<Proxy>` or `<Location>` around it. */
  readonly section?: { readonly kind: "proxy" | "location"; readonly argument: string; readonly opening: Statement };
}

/** Sections that httpd merges with each other, in the order of the file. */
export type SectionKind = "proxy" | "location";

/** The kind of a section that is merged with described ones; undefined for others, which are all kept. */
export function sectionKind({ name, children }: Statement): SectionKind | undefined {
  if (children === undefined) return undefined;
  const [, kind] = /^(proxy|location)(?:match)?$/i.exec(name) ?? [];
  return kind?.toLowerCase() as SectionKind | undefined;
}

/** A scope in which nothing has been read but its front. */
export function emptyScope(
  front: ReadFront,
  plan: ScopePlan,
  addresses?: readonly string[],
  place?: SourcePlace,
): GrowingScope {
  return {
    front,
    plan,
    keptKinds: new Set(),
    addresses,
    place,
    clusters: new Map(),
    workers: new Map(),
    mounts: [],
    reverses: [],
    settings: new Map(),
    single: new Map(),
    tls: new Map(),
    aliases: [],
    listens: [],
    managers: [],
    extra: [],
    rewriting: false,
    rewriteConditions: 0,
  };
}

/** Says what became of a statement. */
export function report(conf: GrowingConf, statement: Statement, verdict: Verdict, why?: string): void {
  const { place, text } = statement;
  conf.lines.push({ place, text, verdict, ...(why === undefined ? {} : { why }) });
}
