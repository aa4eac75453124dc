import { MODULE_TABLES, commandsOf } from "./directives/command-tables.js";
import type { CommandRule } from "./directives/command-tables.js";

/** The modules loaded so far and the directives they bring. */
export class LoadedModules {
  readonly #symbols = new Set<string>();
  readonly #sources = new Set<string>();
  readonly #commands = new Map<string, CommandRule[]>();

  /** Starts with the modules built into httpd. */
  constructor() {
    for (const module of MODULE_TABLES.values()) if (module.file === undefined) this.load(module.symbol);
  }

  load(symbol: string): void {
    if (this.#symbols.has(symbol)) return;
    this.#symbols.add(symbol);
    this.#sources.add(MODULE_TABLES.get(symbol)?.source ?? `mod_${symbol.replace(/_module$/, "")}.c`);
    for (const rule of commandsOf(symbol)) {
      this.#commands.set(rule.key, [...(this.#commands.get(rule.key) ?? []), rule]);
    }
  }

  /** All modules this project knows. */
  loadAll(): void {
    for (const symbol of MODULE_TABLES.keys()) this.load(symbol);
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
