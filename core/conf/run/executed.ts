import { offsetsInFile } from "../text/lex.js";
import type { LayoutName } from "../../vocabulary/layouts.js";
import type { HttpdVersion } from "../../vocabulary/versions.js";
import { locator } from "../../vocabulary/place.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import type { LoadedModules } from "./modules/loaded.js";
import type { Line, Node, Tree } from "../text/tree.js";
import type { Refusal } from "./refusal.js";

/** Where lines come from: a file, or a macro written out by `Use`. */
export interface Source {
  /** What httpd calls it in messages: the path of a file, or the place of a macro and its use. */
  readonly name: string;
  /** Of a macro the text after its arguments were put in. */
  readonly tree: Tree;
  /** The `Use` a macro was written out by; absent for files. */
  readonly use?: Executed;
}

/**
 * A directive that takes effect: conditions hold, files are included, macros written out, variables replaced.
 */
export interface Executed {
  /** The name as written, variables replaced; of a section without `<`, and as httpd spells it where it knows it. */
  readonly name: string;
  readonly section: boolean;
  /** What follows the name, variables replaced; of a section up to the end of the line, `>` included. */
  readonly args: string;
  /** The words of `args` as httpd cuts them; of a section those before its last `>`. */
  readonly words: readonly string[];
  readonly source: Source;
  readonly line: Line;
  /** Its node in `source.tree`. */
  readonly node: Node;
  /** The section it stands in; conditions and includes are no sections. */
  readonly parent?: Executed;
  /** What stands in a section. */
  readonly children: readonly Executed[];
}

/** Something httpd stops at: what it refuses, and where. */
export interface ConfError extends Omit<Refusal, "sentence"> {
  /** httpd's sentence, without the envelope that names file and line. */
  readonly message: string;
  /** Of sections left open: httpd's sentence starts with the place of the innermost, and goes on with this. */
  readonly unclosed?: { readonly line: number; readonly message: string };
  /** The file httpd names; undefined where it names none. */
  readonly source?: string;
  /** The line httpd names. */
  readonly line?: number;
  /** The offending line where it is known, to show it. */
  readonly at?: { readonly source: Source; readonly line: Line };
  /** httpd says nothing: it ends by a fault of its own. */
  readonly crash?: true;
}

/** All that a configuration comes to once it is read. */
export interface Expansion {
  /** Top-level directives in the order httpd executes them. */
  readonly directives: readonly Executed[];
  /** The modules that are loaded once everything is read, with their directives. */
  readonly loaded: LoadedModules;
  /** Symbols of the modules that are loaded once everything is read. */
  readonly modules: ReadonlySet<string>;
  /** The layout of the httpd that reads it: the one that is meant, else the one the file was written for. */
  readonly layout: LayoutName;
  /** The httpd that is meant: the one that was named, else the one that the layout installs. */
  readonly httpd: HttpdVersion;
  /** Folder relative paths start from at the end. */
  readonly serverRoot: string;
  /** True when there was no LoadModule line, so that every module counts as loaded. */
  readonly fragment: boolean;
  /** What stopped the reading; nothing is executed then. */
  readonly error?: ConfError;
  /** Files read, the main one first. */
  readonly sources: readonly Source[];
  /** Names used as `${NAME}` that are not defined; httpd leaves them as they are (AH00111). */
  readonly undefinedVariables: ReadonlySet<string>;
  /** Where each of them is used first, in the order they were come upon; those of Debian's environment left out. */
  readonly undefinedUses: readonly UndefinedUse[];
  /** Conditions that do not hold, outermost ones, in the order of reading. */
  readonly blocksOff: readonly BlockOff[];
  /** What was executed while it was read, in that order; conditions are not among it. */
  readonly onRead: readonly OnReadLine[];
}

/** A directive that httpd executes while it reads: `LoadModule`, `Define`, `Include`, `Use`, ... */
export interface OnReadLine {
  /** In lower case; `<macro` for the opening line of a macro. */
  readonly key: string;
  /** The words of its arguments, variables replaced. */
  readonly words: readonly string[];
  readonly source: Source;
  readonly line: Line;
  /** Its node in `source.tree`. */
  readonly node: Node;
  /** What was read in its place, in that order: the files of an `Include`, the text of a `Use`. */
  readonly opened: readonly Source[];
}

/** A `${NAME}` that means nothing. */
export interface UndefinedUse {
  readonly name: string;
  readonly source: Source;
  readonly line: Line;
}

/** A condition that does not hold: what stands in it is skipped, whatever it is. */
export interface BlockOff {
  /** As it is written: `<IfDefine SSL>`. */
  readonly condition: string;
  readonly source: Source;
  readonly line: Line;
  /** Lines in it that define a balancer, set something on one or lead to one. */
  readonly hidden: number;
}

const LOCATORS = new WeakMap<Tree, ReturnType<typeof locator>>();

/** File, first line and column of a directive; of one inside a macro, of the line that uses the macro. */
export function originOf(executed: Executed): SourcePlace {
  const { source, line } = executed;
  if (source.use !== undefined) return originOf(source.use);
  const { tree, name: file } = source;
  const start = offsetsInFile(tree.text, line)(0);
  // Only a joined line may begin on another than its first one.
  if (line.line === line.lastLine) return { file, line: line.line, column: start - line.start + 1 };
  const place = LOCATORS.get(tree) ?? locator(tree.text);
  LOCATORS.set(tree, place);
  return { file, ...place(start) };
}
