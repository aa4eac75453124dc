import { wordsOf } from "../../httpd/word.js";
import { findIncluded } from "./includes.js";
import { loadFile, loadModule } from "./modules/load-module.js";
import { LazySource } from "./source.js";
import { rootRelative } from "./reader.js";
import type { Budget } from "./budget.js";
import type { Executed } from "./executed.js";
import type { FileFrame } from "./frame.js";
import type { LoadedModules } from "./modules/loaded.js";
import type { LayoutName } from "../../vocabulary/layouts.js";
import type { Macros } from "./macros.js";
import type { ConfReader } from "./reader.js";
import { refused } from "./refusal.js";
import type { Objection } from "./refusal.js";
import type { Line } from "../text/tree.js";
import type { Variables } from "./variables.js";
import type { HttpdVersion } from "../../vocabulary/versions.js";

/** What directives that are executed while reading work on. */
export interface OnReadContext {
  readonly modules: LoadedModules;
  readonly macros: Macros;
  readonly variables: Variables;
  readonly reader: ConfReader;
  readonly budget: Budget;
  /** The version of httpd, for example `2.4.71`. */
  readonly version: HttpdVersion;
  serverRoot: string;
  /** Where shared objects are: the last ServerRoot, be it there or not. */
  moduleRoot: string;
  readonly layout: LayoutName;
  readonly elsewhere: boolean;
  sawLoadModule: boolean;
}

/** Where such a directive stands. */
export interface OnReadPlace {
  readonly source: LazySource;
  readonly line: Line;
  readonly frame: FileFrame;
}

/** Executes such a directive; its complaint, or undefined. */
export type OnRead = (args: string, context: OnReadContext, place: OnReadPlace) => Objection;

/** Directives httpd executes while it reads (`EXEC_ON_READ`), by name in lower case; conditions are apart. */
export const ON_READ: ReadonlyMap<string, OnRead> = new Map<string, OnRead>([
  [
    "loadmodule",
    (args, context) => {
      context.sawLoadModule = true;
      return loadModule(wordsOf(args), context);
    },
  ],
  ["loadfile", (args, context) => loadFile(wordsOf(args), context)],
  ["define", define],
  ["undefine", undefine],
  ["include", (args, context, place) => include(args, context, place, false)],
  ["includeoptional", (args, context, place) => include(args, context, place, true)],
  ["serverroot", serverRoot],
  ["defaultruntimedir", () => undefined],
  ["<macro", defineMacro],
  ["use", useMacro],
  ["undefmacro", (args, context) => context.macros.undefine(wordsOf(args)[0] ?? "")],
  ["macroignoreemptyargs", () => undefined],
  ["macroignorebadnesting", () => undefined],
]);

function define(args: string, context: OnReadContext): Objection {
  const [name = "", value] = wordsOf(args);
  if (name.includes(":")) return colonInName(name);
  context.variables.define(name, value);
  return undefined;
}

function undefine(args: string, context: OnReadContext): Objection {
  const [name = ""] = wordsOf(args);
  if (name.includes(":")) return colonInName(name);
  context.variables.undefine(name);
  return undefined;
}

function colonInName(name: string): Objection {
  const plain = name.replaceAll(":", "_");
  return refused("Variable name must not contain ':'", `write ${plain}, here and where it is used`, name);
}

/** Whether the folder is there is not judged: the file may be meant for another machine. */
function serverRoot(args: string, context: OnReadContext): Objection {
  const root = rootRelative("/", wordsOf(args)[0] ?? "");
  context.moduleRoot = root;
  if (context.reader.readFolder(root) !== undefined) context.serverRoot = root;
  return undefined;
}

function include(args: string, context: OnReadContext, place: OnReadPlace, optional: boolean): Objection {
  const [word = ""] = wordsOf(args);
  const found = findIncluded(word, context.serverRoot, optional, context.reader);
  if ("complaint" in found) return found.complaint;
  place.frame.pendingIncludes.push(...found.paths);
  return undefined;
}

function defineMacro(args: string, context: OnReadContext, place: OnReadPlace): Objection {
  const header = context.macros.header(args, place.line.lastLine, place.source.name);
  if ("sentence" in header) return header;
  const lines: string[] = [];
  let nested = 0;
  for (let next = place.frame.nextLine(); next !== undefined; next = place.frame.nextLine()) {
    const { text } = next.line;
    if (/^<\/Macro>/i.test(text)) {
      if (nested === 0) {
        context.macros.define({ ...header, lines });
        return undefined;
      }
      nested -= 1;
    } else if (/^<Macro(\s|>|$)/i.test(text)) {
      nested += 1;
    }
    if (text !== "" && !text.startsWith("#")) lines.push(text);
  }
  const sentence = `macro '${header.name}' (${header.where})\n\tcontents error: expected token not found: </Macro>`;
  return refused(sentence, "end the macro with a line </Macro>");
}

function useMacro(args: string, context: OnReadContext, place: OnReadPlace): Objection {
  const used = context.macros.use(args);
  if ("sentence" in used) return used;
  const { macro, text } = used;
  if (place.frame.inMacro(macro.name)) {
    const mend = `remove the Use ${macro.name} that stands in the macro itself, or in one it uses`;
    return refused(`recursive use of macro '${macro.name}' is invalid`, mend);
  }
  const here = `used on line ${place.line.lastLine} of "${place.source.name}"`;
  const name = `macro '${macro.name}' (${macro.where}) ${here}`;
  context.budget.takeSource(text.length);
  place.frame.insert(new LazySource(name, text, useOf(args, place)));
  return undefined;
}

/** The `Use` line itself, for what is written out by it to point at. */
function useOf(args: string, { source, line }: OnReadPlace): Executed {
  const node = source.nodeAt(line);
  return { name: "Use", section: false, args, words: wordsOf(args), source, line, node, children: [] };
}
