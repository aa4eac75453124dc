import type { Command as CommanderCommand } from "commander";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import type { Options } from "./command.js";

/** Declares `--from` and `--to`. */
export function withReleases(command: CommanderCommand): CommanderCommand {
  return command
    .option("--from <version>", "what another httpd changes: the one that runs (default: what the input says)")
    .option("--to <version>", `what another httpd changes: the one that comes (default: ${LAYOUTS.debian.httpd})`);
}

/** True where two releases are to be compared. */
export function comparesReleases({ from, to }: Options): boolean {
  return from !== undefined || to !== undefined;
}
