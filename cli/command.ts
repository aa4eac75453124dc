import type { Command as CommanderCommand } from "commander";
import type { CommandWords } from "./completion.js";
import type { ExitStatus, Io } from "./io.js";

/** One command of the program: declared here, loaded only when it is asked for. */
export interface Command {
  /** Declares arguments and options. */
  configure(command: CommanderCommand): CommanderCommand;
  /**
   * Does the work; `operands` in the order declared, `options` by their camel-case names.
   *
   * @param commands - loads all commands to tell their words
   */
  run(
    operands: readonly (string | readonly string[])[],
    options: Options,
    io: Io,
    commands: () => Promise<readonly CommandWords[]>,
  ): ExitStatus | Promise<ExitStatus>;
}

/** Options as commander parsed them. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
