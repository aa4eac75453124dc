import type { Budget } from "./budget.js";

/** Variables of `Define`, and the environment behind them. */
export class Variables {
  /** Names that were asked for and are not there. */
  readonly missing = new Set<string>();
  readonly #defined = new Map<string, string>();
  readonly #flags = new Set<string>();
  readonly #environment: Readonly<Record<string, string>>;
  readonly #budget: Budget;

  constructor(environment: Readonly<Record<string, string>>, flags: readonly string[], budget: Budget) {
    this.#environment = environment;
    this.#budget = budget;
    for (const flag of flags) this.#flags.add(flag);
  }

  /** `Define name` or `Define name value`: only with a value does `${name}` mean something. */
  define(name: string, value: string | undefined): void {
    this.#flags.add(name);
    if (value !== undefined) this.#defined.set(name.toLowerCase(), value);
  }

  undefine(name: string): void {
    this.#flags.delete(name);
    this.#defined.delete(name.toLowerCase());
  }

  /** What `<IfDefine name>` tests; case counts. */
  has(name: string): boolean {
    return this.#flags.has(name);
  }

  /**
   * Replaces `${NAME}` as `ap_resolve_env` does (server/core.c): defined variables in any case, then the environment;
   * unknown ones stay as they are, and nothing is replaced twice.
   */
  resolve(text: string): string {
    if (!text.includes("${")) return text;
    const pieces: string[] = [];
    let kept = 0;
    for (let from = text.indexOf("${"); from >= 0;) {
      const end = text.indexOf("}", from + 2);
      if (end < 0) break;
      const value = this.#value(text.slice(from + 2, end));
      if (value !== undefined) {
        this.#budget.takeBytes(value.length);
        if (this.#budget.spent !== undefined) return "";
        pieces.push(text.slice(kept, from), value);
        kept = end + 1;
      }
      from = text.indexOf("${", end + 1);
    }
    pieces.push(text.slice(kept));
    return pieces.join("");
  }

  #value(name: string): string | undefined {
    const value = this.#defined.get(name.toLowerCase()) ?? own(this.#environment, name);
    if (value === undefined && !name.includes(":")) this.missing.add(name);
    return value;
  }
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
