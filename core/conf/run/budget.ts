import type { Refusal } from "./refusal.js";

/** Most that one configuration may come to: far beyond what people run, and read within seconds. */
export const BUDGET = {
  /** Bytes of files, of macros written out, and of values put in the place of variables. */
  bytes: 64 * 1024 * 1024,
  /** Files and macros, each counted every time it is read. */
  sources: 20_000,
  /** Lines that are executed or skipped. */
  lines: 2_000_000,
} as const;

/**
 * What the reading of one configuration may still take. httpd itself reads on until memory or patience ends: a file that
 * includes the next one twice, a macro that uses another twice, a variable that holds two of another, forty times over.
 */
export class Budget {
  #bytes = 0;
  #sources = 0;
  #lines = 0;
  #spent: Refusal | undefined;

  /** The first limit that was passed. */
  get spent(): Refusal | undefined {
    return this.#spent;
  }

  /** Counts text that is about to be read. */
  takeBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > BUDGET.bytes) this.#end(`${BUDGET.bytes / 1024 / 1024} MB of text`);
  }

  /** Counts a file or a macro that is about to be read. */
  takeSource(bytes: number): void {
    this.#sources += 1;
    if (this.#sources > BUDGET.sources) this.#end(`${BUDGET.sources} files and uses of macros`);
    this.takeBytes(bytes);
  }

  takeLine(): void {
    this.#lines += 1;
    if (this.#lines > BUDGET.lines) this.#end(`${BUDGET.lines} lines`);
  }

  #end(limit: string): void {
    const sentence = `the configuration comes to more than ${limit}: includes, macros or variables that multiply? httpd would read on; this program stops here`;
    const mend = "look for includes, macros or variables that name each other, or judge the parts on their own";
    this.#spent ??= { sentence, mend, about: "size" };
  }
}
