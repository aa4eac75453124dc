import { MODULE_TABLES } from "../../../vocabulary/command-tables.js";
import { commandsIn } from "../../../vocabulary/earlier-commands.js";
import { moduleSince } from "../../../vocabulary/modules-since.js";
import { existsIn } from "../../../vocabulary/versions.js";
import type { CommandRule, ModuleTable } from "../../../vocabulary/command-tables.js";
import type { LayoutName } from "../../../vocabulary/layouts.js";
import type { HttpdVersion } from "../../../vocabulary/versions.js";
import { isBuiltInto } from "./declared-layout.js";

/** The modules loaded so far and the directives they bring. */
export class LoadedModules {
  readonly #symbols: Set<string>;
  readonly #sources: Set<string>;
  readonly #commands: Map<string, readonly CommandRule[]>;
  readonly #httpd: HttpdVersion;

  /** Starts with the modules of another list, or with none. */
  private constructor(httpd: HttpdVersion, start?: LoadedModules) {
    this.#httpd = httpd;
    this.#symbols = new Set(start?.symbols);
    this.#sources = new Set(start === undefined ? [] : start.#sources);
    this.#commands = new Map(start === undefined ? [] : start.#commands);
  }

  /** A list with the modules built into an httpd of a layout. */
  static builtIn(layout: LayoutName, httpd: HttpdVersion): LoadedModules {
    const key = `${layout} ${httpd}` as const;
    const known =
      builtIn.get(key) ??
      LoadedModules.#listOf(httpd, ({ file, source }) => file === undefined && isBuiltInto(layout, source));
    builtIn.set(key, known);
    return new LoadedModules(httpd, known);
  }

  /** A list with every module this project knows, as far as an httpd has it. */
  static all(httpd: HttpdVersion): LoadedModules {
    const known =
      all.get(httpd) ??
      LoadedModules.#listOf(httpd, ({ symbol }) => existsIn(httpd, moduleSince(symbol.replace(/_module$/, ""))));
    all.set(httpd, known);
    return new LoadedModules(httpd, known);
  }

  static #listOf(httpd: HttpdVersion, wanted: (module: ModuleTable) => boolean): LoadedModules {
    const list = new LoadedModules(httpd);
    for (const module of MODULE_TABLES.values()) if (wanted(module)) list.load(module.symbol);
    return list;
  }

  load(symbol: string): void {
    if (this.#symbols.has(symbol)) return;
    this.#symbols.add(symbol);
    this.#sources.add(MODULE_TABLES.get(symbol)?.source ?? `mod_${symbol.replace(/_module$/, "")}.c`);
    for (const rule of commandsIn(this.#httpd, symbol)) {
      this.#commands.set(rule.key, [...(this.#commands.get(rule.key) ?? []), rule]);
    }
  }

  /** True for the symbol or the source name of a loaded module: what `<IfModule>` tests; case counts. */
  has(name: string): boolean {
    return this.#symbols.has(name) || this.#sources.has(name);
  }

  get symbols(): ReadonlySet<string> {
    return this.#symbols;
  }

  /** True when a module is loaded whose directives are not known here. */
  get unknown(): boolean {
    return [...this.#symbols].some((symbol) => !MODULE_TABLES.has(symbol));
  }

  /** The rules of a directive, one for each loaded module that has it. Sections are asked for with their `<`. */
  rules(name: string): readonly CommandRule[] {
    const known = this.#commands.get(name) ?? this.#commands.get(name.toLowerCase());
    return known ?? [];
  }
}

/** Put together once, when first asked for: what lists start with. */
const builtIn = new Map<`${LayoutName} ${HttpdVersion}`, LoadedModules>();
const all = new Map<HttpdVersion, LoadedModules>();
