import type { Command as CommanderCommand } from "commander";
import { FORMATS, isFormatName } from "../core/report/formats/index.js";
import type { FormatName } from "../core/report/formats/index.js";
import type { Report, RuleText } from "../core/report/report.js";
import { meantText } from "../core/vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../core/vocabulary/meant-httpd.js";
import { suggestion } from "../core/vocabulary/suggest.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";
import { namedFromHere } from "./named-from-here.js";
import { programVersion } from "./version.js";

/** What a command found, for every format. */
export interface Found {
  /** The command: `lint`. */
  readonly command: string;
  /** What may be found, whether it was or not. */
  readonly rules: readonly RuleText[];
  readonly reports: () => readonly Report[];
  /** The httpd that each input is looked at for. */
  readonly meant: readonly MeantHttpd[];
  /** What the command prints in a format of its own. @default - what every command prints in that format */
  readonly own?: Readonly<Partial<Record<FormatName, () => string>>>;
}

/** Declares `--format` and `--json` of a command that finds something. */
export function withFormats(command: CommanderCommand, json = "the same as --format json"): CommanderCommand {
  return command
    .option("--format <format>", `how to report: ${Object.keys(FORMATS).join(", ")} (default: text)`)
    .option("--json", json);
}

/**
 * The format that is asked for; `--json` goes before `--format`.
 *
 * @throws UnusableError for a word that is none
 */
export function formatOf({ format, json }: Options): FormatName {
  if (json === true) return "json";
  if (format === undefined) return "text";
  const word = String(format);
  if (!isFormatName(word)) {
    throw new UnusableError(`--format: there is no '${word}'; ${suggestion(word, Object.keys(FORMATS))}`);
  }
  return word;
}

/** Prints what a command found. */
export function printFound(format: FormatName, { command, rules, reports, meant, own = {} }: Found, io: Io): void {
  const options = {
    version: programVersion(),
    colour: io.colour,
    command,
    rules,
    meant: meantOnce(meant),
    ...(io.width === undefined ? {} : { width: io.width }),
  };
  const [text, of] = [own[format]?.(), options.meant.map((one) => `${meantText(one)}\n`).join("")];
  if (text === undefined) io.stdout(FORMATS[format](reports().map(fromHere), options));
  else io.stdout(format === "text" ? `${text}${of}` : text);
}

function fromHere(report: Report): Report {
  return namedFromHere(report, process.cwd());
}

/** Each httpd once. */
function meantOnce(meant: readonly MeantHttpd[]): readonly MeantHttpd[] {
  return [...new Map(meant.map((one) => [meantText(one), one])).values()];
}
