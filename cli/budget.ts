import type { Command as CommanderCommand } from "commander";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** Seconds a command may search where nothing is said. */
const SECONDS = 20;

/** Parts of the time that is left over all that is left that one search may take: most of them need hardly any. */
const SHARES = 4;

/** Milliseconds between two lines of progress. */
const BETWEEN = 1_000;

/** Adds `--budget` to a command. */
export function withBudget(command: CommanderCommand): CommanderCommand {
  return command.option(
    "--budget <seconds>",
    "time after which a search ends and says how far it came",
    String(SECONDS),
  );
}

/** The time a command may take for its searches, which they share; on a terminal they say how far they are. */
export class SearchBudget {
  readonly #end: number;
  readonly #io: Io;
  #slice: number;
  #told = performance.now();
  #what = "";

  /** @throws UnusableError for a budget that is no number of seconds above 0 */
  constructor(options: Options, io: Io) {
    const text = String(options["budget"] ?? SECONDS);
    if (!/^[0-9]{1,6}(\.[0-9]+)?$/.test(text) || Number(text) <= 0) {
      throw new UnusableError(`--budget: found '${text}'; write a number of seconds above 0`);
    }
    this.#end = performance.now() + 1_000 * Number(text);
    this.#slice = this.#end;
    this.#io = io;
  }

  /** A search begins: what of, how many came before it, and how many there are in all. */
  readonly started = (what: string, done: number, total: number): void => {
    const now = performance.now();
    this.#slice = now + (SHARES * (this.#end - now)) / Math.max(SHARES, total - done);
    this.#what = `${done + 1} of ${total}, ${what}`;
    this.#tell("");
  };

  /** True once the search that was started last is to end. */
  readonly isOver = (): boolean => performance.now() > this.#slice;

  /** True once nothing is to be begun any more. */
  readonly isSpent = (): boolean => performance.now() > this.#end;

  /** How far the search is. */
  readonly progress = (states: number, depth: number): void => {
    this.#tell(`: ${states} states, scenarios of ${depth} events`);
  };

  #tell(how: string): void {
    const now = performance.now();
    if (!this.#io.colour || now - this.#told < BETWEEN) return;
    this.#told = now;
    const left = Math.max(0, Math.round((this.#end - now) / 1_000));
    this.#io.stderr(`... ${this.#what}${how}; ${left} s left\n`);
  }
}
