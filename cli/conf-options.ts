import type { Command as CommanderCommand } from "commander";
import { MEASURED_VERSION, parseVersion, PREVIEW_VERSION } from "../core/vocabulary/versions.js";
import { distributionMeant } from "../core/vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../core/vocabulary/meant-httpd.js";
import { DISTRIBUTIONS, isDistributionName } from "../core/vocabulary/distributions.js";
import type { LayoutName } from "../core/vocabulary/layouts.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

const NAMES = [...Object.keys(DISTRIBUTIONS), "trunk"].join(", ");

/** Help of `--httpd`. */
export const HTTPD_OPTION = `the httpd that is meant: a version, or ${NAMES} (default: what the input says)`;

/** What an httpd.conf is read with. */
export interface ConfOptions {
  /** Names given with `-D`. */
  readonly flags: readonly string[];
  /** The environment that `${NAME}` falls back to. */
  readonly environment: Readonly<Record<string, string>>;
  /** The httpd that is asked for; undefined where it is left to the input. */
  readonly asked: MeantHttpd | undefined;
  /** How it is installed, where a distribution was named. */
  readonly layout?: LayoutName;
  /** Files outside of the input's folder and of httpd's own are read. */
  readonly outside: boolean;
}

/** Declares the options of every command that reads an httpd.conf. */
export function withConfOptions(command: CommanderCommand): CommanderCommand {
  return command
    .option("-D <name>", "define a name for <IfDefine>, as httpd -D does (repeatable)", appended, [])
    .option("--env <name=value>", "an environment variable for ${NAME} (repeatable)", appended, [])
    .option("--httpd <version>", HTTPD_OPTION)
    .option("--allow-outside", "read included files outside of the input's folder, too (never where CI is true)");
}

/** Reads them; throws an UnusableError for what is none. */
export function confOptionsOf(options: Options, io: Io): ConfOptions {
  const asked = options["allowOutside"] === true;
  if (asked && io.confined) io.stderr("httpd-balancer: --allow-outside counts for nothing where CI is true\n");
  return {
    flags: listOf(options["D"]),
    environment: Object.fromEntries(listOf(options["env"]).map(variable)),
    asked: askedHttpd(options["httpd"], "--httpd"),
    ...layoutOf(options["httpd"]),
    outside: asked && !io.confined,
  };
}

function appended(word: string, before: readonly string[]): readonly string[] {
  return [...before, word];
}

function listOf(option: Options[string]): readonly string[] {
  return Array.isArray(option) ? (option as readonly string[]) : [];
}

function variable(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  throw new UnusableError(`--env: found '${word}'; write NAME=VALUE`);
}

function layoutOf(option: Options[string]): Pick<ConfOptions, "layout"> {
  const word = String(option);
  return isDistributionName(word) ? { layout: DISTRIBUTIONS[word].layout } : {};
}

/**
 * The httpd that a word names; undefined for no word.
 *
 * @param name - of the option that gives it
 * @throws UnusableError for a word that names none
 */
export function askedHttpd(option: Options[string], name: string): MeantHttpd | undefined {
  if (option === undefined) return undefined;
  const word = String(option);
  if (isDistributionName(word)) return distributionMeant(word);
  const version = word === "trunk" ? PREVIEW_VERSION : parseVersion(word);
  if (version !== undefined) return { version, by: "asked" };
  throw new UnusableError(
    `${name}: found '${word}'; write a version of three numbers, such as ${MEASURED_VERSION}, or one of ${NAMES}`,
  );
}
