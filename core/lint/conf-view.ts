import { argumentsOf, nameWordOf } from "../conf/text/arguments.js";
import { originOf } from "../conf/run/executed.js";
import type { Expansion, UndefinedUse } from "../conf/run/executed.js";
import { locator } from "../vocabulary/place.js";
import { toUnicode } from "../httpd/bytes.js";
import type { Worker } from "../conf/run/effects.js";
import { settingOf } from "../conf/run/directives/proxy-parameters.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Statement, StatementWord } from "../conf/run/statement.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { Parameter, ParameterTable } from "../vocabulary/parameter.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";

/** A stretch of a file: where it starts, and how many bytes of its line it takes. */
export interface Spot {
  readonly place: SourcePlace;
  /** @default - those of the word that stands there */
  readonly length?: number;
}

/** A directive or section of the executed configuration, with the sections around it. */
export interface WrittenDirective {
  /** In lower case. */
  readonly name: string;
  /** Rises in the order httpd executes. */
  readonly order: number;
  readonly statement: Statement;
  readonly words: readonly StatementWord[];
  /** The innermost section around it. */
  readonly parent: WrittenDirective | undefined;
  /** What stands in a section; empty for a directive. */
  readonly children: readonly WrittenDirective[];
  /** The parameters it sets on a worker, balancer or health-check template, in the order they are written. */
  readonly parameters: readonly WrittenParameter[];
}

/** `key=value` as it stands in the file. */
export interface WrittenParameter {
  /** In lower case. */
  readonly key: string;
  readonly value: string;
  readonly word: StatementWord;
  readonly written: WrittenDirective;
  /** Undefined for a key httpd does not know there. */
  readonly parameter: Parameter | undefined;
  /** What it is set on, as httpd finds it: `balancer://c`, or a member's URL with its balancer. */
  readonly owner: string;
}

/** What an httpd.conf says beyond the topology: how it is written, and the directives the topology has no word for. */
export interface ConfView {
  /** All directives and sections of a name in lower case, in the order httpd executes them. */
  readonly named: (name: string) => readonly WrittenDirective[];
  /** Every setting of a parameter, by its key in lower case. */
  readonly keyed: (key: string) => readonly WrittenParameter[];
  /** Numbers that are not written in plain digits, as nearly all are: with a unit, a point, or no number at all. */
  readonly oddNumbers: readonly WrittenParameter[];
  /** Loaded modules, built-in ones included, without `_module`; undefined for a fragment without any such line. */
  readonly modules: ReadonlySet<string> | undefined;
  /** The LoadModule lines of all files, in the order they were read. */
  readonly loadLines: readonly LoadLine[];
  /** Variables that are used and have no value, at their first use. */
  readonly undefinedVariables: readonly { readonly name: string; readonly spot: Spot }[];
  /** Conditions that do not hold and hide lines about balancers. */
  readonly blocksOff: readonly { readonly condition: string; readonly hidden: number; readonly spot: Spot }[];
}

/** A `LoadModule name_module path` line. */
export interface LoadLine extends Spot {
  /** Without `_module`. */
  readonly module: string;
  readonly path: string;
}

/** Prepares the executed statements of an httpd.conf: one walk. */
export function confViewOf(expansion: Expansion, statements: readonly Statement[]): ConfView {
  const byName = new Map<string, WrittenDirective[]>();
  const byKey = new Map<string, WrittenParameter[]>();
  const oddNumbers: WrittenParameter[] = [];
  let order = 0;
  const walk = (statement: Statement, parent: WrittenDirective | undefined): WrittenDirective => {
    const children: WrittenDirective[] = [];
    const parameters: WrittenParameter[] = [];
    const name = statement.name.toLowerCase();
    const written: WrittenDirective = {
      name,
      order: order++,
      statement,
      words: statement.words,
      parent,
      children,
      parameters,
    };
    push(byName, name, written);
    collectParameters(written, parameters);
    for (const set of parameters) {
      push(byKey, set.key, set);
      if (isOddNumber(set)) oddNumbers.push(set);
    }
    for (const child of statement.children ?? []) children.push(walk(child, written));
    return written;
  };
  for (const statement of statements) walk(statement, undefined);
  return {
    named: (name) => byName.get(name) ?? [],
    keyed: (key) => byKey.get(key) ?? [],
    oddNumbers,
    modules: expansion.fragment ? undefined : modulesOf(expansion.modules),
    loadLines: expansion.fragment ? [] : loadLinesOf(expansion),
    undefinedVariables: expansion.undefinedUses
      .filter((use) => !isSecret(use))
      .map((use) => ({ name: use.name, spot: readSpot(use, `\${${use.name}}`) })),
    blocksOff: expansion.blocksOff
      .filter(({ hidden }) => hidden > 0)
      .map((block) => ({ ...block, spot: readSpot(block, block.line.text) })),
  };
}

/** A secret is meant to be known to httpd's environment only. */
function isSecret({ name, line }: UndefinedUse): boolean {
  return line.text.toLowerCase().includes(`secret=\${${name.toLowerCase()}}`);
}

/** The spot of a text in a line that was read, or of the line; of a line in a macro that of its `Use`. */
function readSpot({ source, line }: Pick<UndefinedUse, "source" | "line">, text: string): Spot {
  if (source.use !== undefined) return { place: originOf(source.use) };
  const written = source.tree.text;
  const at = written.slice(line.start, line.end).indexOf(text);
  const place = { file: source.name, ...locator(written)(line.start + Math.max(0, at)) };
  return { place, length: at < 0 ? line.text.length : text.length };
}

/** The spot of a word. */
export function wordSpot(word: StatementWord): Spot {
  return { place: word.place };
}

/** The spot of a whole directive: its line from the name on. */
export function lineSpot({ statement }: WrittenDirective): Spot {
  return { place: statement.place, length: statement.text.length };
}

/** The nearest section of a name around something. */
export function enclosing(written: WrittenDirective, name: string): WrittenDirective | undefined {
  for (let around = written.parent; around !== undefined; around = around.parent) {
    if (around.name === name) return around;
  }
  return undefined;
}

/** The virtual host something stands in; undefined in the main server. */
export function hostOf(written: WrittenDirective): WrittenDirective | undefined {
  return enclosing(written, "virtualhost");
}

/** Tells virtual hosts apart, those as well that one macro writes out at one place. */
export function hostKey(written: WrittenDirective): string {
  return String(hostOf(written)?.order ?? "");
}

function modulesOf(symbols: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...symbols].map((symbol) => symbol.replace(/_module$/, "")));
}

/** LoadModule lines are executed while httpd reads, so they are no statements; macros load no modules. */
function loadLinesOf({ sources }: Expansion): readonly LoadLine[] {
  return sources.flatMap(({ name: file, tree, use }) => {
    if (use !== undefined) return [];
    const at = locator(tree.text);
    return tree.owners.flatMap((node): readonly LoadLine[] => {
      if (node.kind !== "directive" || node.name.toLowerCase() !== "loadmodule") return [];
      const [symbol, path] = argumentsOf(tree.text, node);
      const name = nameWordOf(tree.text, node);
      if (symbol === undefined || path === undefined || name === undefined) return [];
      const place = { file, ...at(name.start) };
      return [{ module: symbol.text.replace(/_module$/, ""), path: path.text, place, length: path.end - name.start }];
    });
  });
}

interface Setter {
  readonly table: ParameterTable;
  readonly owner: string;
  /** Words before this one are no parameters. */
  readonly from: number;
}

const NUMBERS: ReadonlySet<string> = new Set(["integer", "seconds", "milliseconds", "factor", "codes"]);

function isOddNumber({ parameter, value }: WrittenParameter): boolean {
  return parameter !== undefined && NUMBERS.has(parameter.kind) && !/^[1-9]?[0-9]{1,8}$/.test(value);
}

function collectParameters(written: WrittenDirective, into: WrittenParameter[]): void {
  const setter = setterOf(written);
  if (setter === undefined) return;
  const { table, owner, from } = setter;
  for (let index = from; index < written.words.length; index++) {
    const word = written.words[index];
    const setting = word === undefined ? undefined : settingOf(word.text, index);
    if (word === undefined || setting === undefined) continue;
    const key = setting.key.toLowerCase();
    const parameter = Object.hasOwn(table, key) ? table[key] : undefined;
    into.push({ key, value: setting.value, word, written, parameter, owner });
  }
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [value]);
  else known.push(value);
}

/** What the run of the configuration made of a directive; a line that httpd refuses sets nothing. */
function setterOf({ name, statement, words, parent }: WrittenDirective): Setter | undefined {
  const [effect] = statement.effects ?? [];
  switch (effect?.kind) {
    case "member":
      return {
        table: WORKER_PARAMETERS,
        owner: `member '${toUnicode(effect.worker.url)}' of ${effect.balancer}`,
        from: 0,
      };
    case "set":
      return {
        ...ownerOf(effect.on),
        from: name === "proxyset" && parent?.name === "proxy" ? 0 : 1,
      };
    case "mount":
      return effect.to === undefined ? undefined : { ...ownerOf(effect.to, words[effect.at]?.text ?? ""), from: 1 };
    case "template":
      return { table: WORKER_PARAMETERS, owner: `template '${toUnicode(effect.name)}'`, from: 1 };
    case undefined:
      return undefined;
  }
}

/**
 * @param on - the key of a balancer, or a worker outside balancers
 * @param url - what the worker is called here, where several mounts may share one. @default - what it was defined with
 */
function ownerOf(on: string | Worker, url?: string): Omit<Setter, "from"> {
  if (typeof on === "string") return { table: BALANCER_PARAMETERS, owner: toUnicode(on) };
  return { table: WORKER_PARAMETERS, owner: `worker '${url ?? toUnicode(on.url)}'` };
}
