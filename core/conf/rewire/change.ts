import type { Executed, Source } from "../run/executed.js";
import type { Line, Node } from "../text/tree.js";

/** A directive as it is looked at: executed, or executed while it was read. */
export interface WiredLine {
  /** Its name in lower case; of a section with `<`. */
  readonly key: string;
  /** Its words as httpd cuts them, variables replaced. */
  readonly words: readonly string[];
  /** What follows its name; absent for what httpd executes while it reads. */
  readonly args?: string;
  readonly source: Source;
  readonly line: Line;
  readonly node: Node;
  /** The section it stands in. */
  readonly parent?: Executed;
}

/** What a rewiring is about. */
export type WiredPart =
  | "listen"
  | "virtual host"
  | "member"
  | "log"
  | "runtime"
  | "folder"
  | "account"
  | "certificate"
  | "module"
  | "include"
  | "macro"
  | "time"
  | "lookup"
  | "manager";

/** What is done to a directive so that it can be played beside everything else on a machine. */
export type WireChange =
  /** One word is replaced. */
  | { readonly kind: "word"; readonly at: number; readonly to: string; readonly about: WiredPart }
  /** A word is added behind the last one. */
  | { readonly kind: "added"; readonly word: string; readonly about: WiredPart }
  /** The whole directive is replaced by another one. */
  | { readonly kind: "line"; readonly text: string; readonly about: WiredPart }
  /** The directive is made a comment. */
  | { readonly kind: "out"; readonly about: WiredPart }
  /** It cannot be played: it would run a program or reach beyond what is played. */
  | { readonly kind: "refused"; readonly why: string };

/** Says what is done to a directive of one name; nothing for one that is played as it stands. */
export type Rewire = (line: WiredLine, places: Places) => readonly WireChange[];

/** Rules by the name of the directive, in lower case. */
export type RewireTable = Readonly<Record<string, Rewire>>;

/** Files that a play has of its own, by what they are for. */
export type PlayedFile = "certificate" | "authorities" | "empty";

/** Where a play has things: what stands in place of what a configuration names. */
export interface Places {
  /** The loopback address in place of a local one; of all addresses that of this machine itself. */
  address(local: string): string;
  port(port: number): number;
  /** `address:port` of the stub in place of a backend; undefined for one that nothing sends requests to. */
  backend(origin: string, use: "sends" | "mentions"): string | undefined;
  /** A new path for something that is written: a log, a lock, a cache. */
  writable(): string;
  /** Where the error log of the main server goes. */
  readonly errorLog: string;
  file(kind: PlayedFile): string;
  /** An empty folder that everybody may read. */
  readonly documents: string;
  /** The folder that relative names start from where the configuration's own is not there. */
  readonly root: string;
  /** The shared object of a module here, `builtIn`, or undefined where this httpd has none. */
  module(symbol: string): string | undefined;
  /** What the process runs as; undefined where it cannot change that. */
  readonly account: { readonly user: string; readonly group: string } | undefined;
  /** True where a file or folder of that absolute path is there for everybody. */
  isThere(path: string): boolean;
  /** All times are divided by it. */
  readonly speedup: number;
}

/** In place of a path, for modules that are part of the program. */
export const BUILT_IN = "built in";

/** Replaces the first word, where there is one. */
export function firstWord(to: string, about: WiredPart): readonly WireChange[] {
  return [{ kind: "word", at: 0, to, about }];
}

/** The refusal of a directive. */
export function wiringRefused(why: string): readonly WireChange[] {
  return [{ kind: "refused", why }];
}
