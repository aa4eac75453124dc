import type { Command as CommanderCommand, Option } from "commander";
import type { JsonValue } from "../core/vocabulary/json.js";
import { problemText } from "../core/vocabulary/problem.js";
import { shown } from "../core/vocabulary/shown.js";
import { suggestion } from "../core/vocabulary/suggest.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** The file of a folder that holds defaults, and the key of a package.json that may hold them in its place. */
const FILE = "httpd-balancer.yaml";
const MANIFEST = "package.json";
const KEY = "httpd-balancer";

/** Defaults of every command that has such an option. */
const EVERY = "all";

/**
 * Options that may have a default, by their long names. None of them writes, runs or opens anything: the file may be that
 * of a stranger's pull request.
 */
const WITH_DEFAULT: ReadonlySet<string> = new Set([
  "D",
  "accept",
  "as",
  "baseline",
  "budget",
  "env",
  "fail-on",
  "failures",
  "format",
  "httpd",
  "layout",
  "load",
  "off",
  "operator",
  "preset",
  "promise",
]);

/** Where defaults stand, and what they are by command. */
interface Defaults {
  readonly source: string;
  readonly commands: Readonly<Record<string, JsonValue>>;
}

/**
 * The options of a command, with the defaults of `httpd-balancer.yaml`, or of `httpd-balancer` in the package.json, of
 * the folder it runs in. What was given on the command line counts. What was taken is told on stderr.
 *
 * @param names - the names of all commands
 * @throws UnusableError for a file that says what no command has
 */
export async function optionsWithDefaults(
  command: CommanderCommand,
  names: readonly string[],
  io: Io,
): Promise<Options> {
  const given = command.opts<Options>();
  const defaults = await defaultsIn(io);
  if (defaults === undefined) return given;
  for (const name of Object.keys(defaults.commands)) {
    if (name !== EVERY && !names.includes(name)) {
      throw new UnusableError(
        `${defaults.source}: there is no command '${name}'; ${suggestion(name, [EVERY, ...names])}`,
      );
    }
  }
  const taken = new Map<string, { readonly option: Option; readonly value: Taken }>();
  for (const section of [EVERY, command.name()]) {
    for (const [name, value] of Object.entries(sectionOf(defaults, section))) {
      const option = optionNamed(command, name, { section, source: defaults.source });
      if (option !== undefined)
        taken.set(name, { option, value: valueOf(option, value, `${defaults.source}: ${section}: ${name}`) });
    }
  }
  const used = [...taken].filter(([, { option }]) => command.getOptionValueSource(option.attributeName()) !== "cli");
  if (used.length === 0) return given;
  io.stderr(`${defaults.source}: ${used.map(([name, { value }]) => `${name}=${textOf(value)}`).join(", ")}\n`);
  const more = used.map(([, { option, value }]) => [option.attributeName(), value] as const);
  return { ...given, ...Object.fromEntries(more) };
}

type Taken = string | boolean | readonly string[];

async function defaultsIn(io: Io): Promise<Defaults | undefined> {
  if (io.kindOf(FILE) === "file") return read(FILE, new TextDecoder().decode(io.readBytes(FILE)));
  if (io.kindOf(MANIFEST) !== "file") return undefined;
  const text = new TextDecoder().decode(io.readBytes(MANIFEST));
  if (!text.includes(`"${KEY}"`)) return undefined;
  const found = manifestKey(text);
  return found === undefined ? undefined : { source: `${MANIFEST}, ${KEY}`, commands: recordIn(found, MANIFEST) };
}

/** The reader of YAML is loaded for this file only: a command that reads none starts sooner. */
async function read(source: string, text: string): Promise<Defaults> {
  const { readText } = await import("../core/shape/text.js");
  const document = readText(text, source, "the defaults");
  if (!document.ok) {
    const [problem] = document.problems;
    throw new UnusableError(`${source}:${problem.line}:${problem.column}: ${problemText(problem)}`);
  }
  return { source, commands: recordIn(document.value ?? {}, source) };
}

/** A package.json that is broken is npm's matter. */
function manifestKey(text: string): JsonValue | undefined {
  try {
    return (JSON.parse(text) as Readonly<Record<string, JsonValue>>)[KEY];
  } catch {
    return undefined;
  }
}

function recordIn(value: JsonValue, where: string): Readonly<Record<string, JsonValue>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, JsonValue>>;
  }
  throw new UnusableError(
    `${where}: found ${shown(value)}, allowed is a mapping; write 'lint:' and below it 'fail-on: error'`,
  );
}

function sectionOf({ source, commands }: Defaults, section: string): Readonly<Record<string, JsonValue>> {
  const value = commands[section];
  return value === undefined || value === null ? {} : recordIn(value, `${source}: ${section}`);
}

/** The option of a name; undefined for one of all commands that this one has not. */
function optionNamed(
  command: CommanderCommand,
  name: string,
  { section, source }: { readonly section: string; readonly source: string },
): Option | undefined {
  const own = command.options.filter((option) => WITH_DEFAULT.has(longName(option)));
  const found = own.find((option) => longName(option) === name);
  if (found !== undefined) return found;
  if (section === EVERY && WITH_DEFAULT.has(name)) return undefined;
  const known = section === EVERY ? [...WITH_DEFAULT] : own.map(longName);
  throw new UnusableError(
    `${source}: ${section}: '${name}' is no option that may have a default; ${suggestion(name, known)}`,
  );
}

function longName(option: Option): string {
  return (option.long ?? option.short ?? "").replace(/^-+/, "");
}

/** As the command line gives it: text; for repeatable options a list, of which a mapping gives `NAME=VALUE`. */
function valueOf(option: Option, value: JsonValue, where: string): Taken {
  const repeatable = Array.isArray(option.defaultValue) || option.variadic;
  if (repeatable) {
    if (Array.isArray(value)) return value.map((one) => textIn(one as JsonValue, where));
    if (typeof value !== "object" || value === null) return [textIn(value, where)];
    return Object.entries(value).map(([name, one]) => `${name}=${textIn(one, where)}`);
  }
  return textIn(value, where);
}

function textIn(value: JsonValue, where: string): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new UnusableError(`${where}: found ${shown(value)}, allowed is what the option takes on the command line`);
}

function textOf(value: Taken): string {
  return typeof value === "object" ? value.join(" ") : String(value);
}
