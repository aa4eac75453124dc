import { jsonText } from "../core/report/json-text.js";
import { Command as CommanderCommand, CommanderError } from "commander";
import { optionsWithDefaults } from "./config-file.js";
import type { Command } from "./command.js";
import type { CommandWords } from "./completion.js";
import { EXIT, RejectedError, UnusableError } from "./io.js";
import type { ExitStatus, Io } from "./io.js";
import { harmless, withoutControls } from "../core/report/harmless.js";
import { withoutSecrets } from "../core/report/secrets.js";
import { wrapped } from "../core/report/wrap.js";

/** One row a command: its place in the help, its summary, and where it is loaded from. */
interface CommandRow {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

const COMMANDS: Readonly<Record<string, CommandRow>> = {
  init: {
    summary: "write a working project, from five answers or an httpd.conf",
    load: () => import("./commands/init.js"),
  },
  render: { summary: "write httpd.conf and companion files of a spec", load: () => import("./commands/render.js") },
  configtest: { summary: "say what apache2 -t would say", load: () => import("./commands/configtest.js") },
  lint: { summary: "find what httpd lets through", load: () => import("./commands/lint.js") },
  simulate: { summary: "run a scenario in the model", load: () => import("./commands/simulate.js") },
  check: { summary: "prove promises or show how they break", load: () => import("./commands/check.js") },
  explain: { summary: "say in words who serves, and what failures cost", load: () => import("./commands/explain.js") },
  import: { summary: "turn an httpd.conf into TypeScript or YAML", load: () => import("./commands/import.js") },
  rehearse: {
    summary: "run a scenario on a real httpd, beside the model",
    load: () => import("./commands/rehearse.js"),
  },
  runbook: { summary: "print proven steps for an operation", load: () => import("./commands/runbook.js") },
  drift: { summary: "compare a description with what a front runs", load: () => import("./commands/drift.js") },
  review: { summary: "say what a change does to traffic", load: () => import("./commands/review.js") },
  diagnose: { summary: "say what lines of httpd's error log mean", load: () => import("./commands/diagnose.js") },
  schema: { summary: "print the JSON Schema of spec, scenario or report", load: () => import("./commands/schema.js") },
  completion: {
    summary: "print what completes these words in bash, zsh or fish",
    load: () => import("./commands/completion.js"),
  },
};

/**
 * Runs the program and returns its exit status: 0 clean, 1 findings, 2 could not run.
 *
 * @param words - the words after the program's name
 * @param edge - what is shown through it has no secrets any more, and steers no terminal
 */
export async function runProgram(words: readonly string[], edge: Io): Promise<ExitStatus> {
  const io = safelyShown(edge);
  let status: ExitStatus = EXIT.clean;
  const program = bareProgram(io);
  for (const [name, row] of Object.entries(COMMANDS)) {
    const sub = program.command(name).description(row.summary);
    if (words[0] !== name) continue;
    const { command } = await row.load();
    command.configure(sub).action(async (...given: unknown[]) => {
      const operands = given.slice(0, -2) as readonly (string | readonly string[])[];
      status = await command.run(operands, await optionsWithDefaults(sub, Object.keys(COMMANDS), io), io, wordsOfAll);
    });
  }
  try {
    await program.parseAsync(isUnknownCommand(words[0]) ? words.slice(0, 1) : [...words], { from: "user" });
    return status;
  } catch (error) {
    return failure(error, io, words.includes("--json"));
  }
}

/** Every command with its options. */
function wordsOfAll(): Promise<readonly CommandWords[]> {
  const rows = Object.entries(COMMANDS).map(async ([name, { summary, load }]): Promise<CommandWords> => {
    const declared = (await load()).command.configure(new CommanderCommand(name));
    const options = declared.options.map(({ long, short, description, required, optional }) => {
      return { flag: long ?? short ?? "", doc: description, takesValue: required || optional };
    });
    return { name, summary, options: [...options, { flag: "--help", doc: "display help", takesValue: false }] };
  });
  return Promise.all(rows);
}

/** The one door to whoever reads: neither secrets that a command forgot to mask nor what steers a terminal come through. */
function safelyShown(io: Io): Io {
  const safe = (text: string): string => withoutControls(withoutSecrets(text), io.colour);
  return {
    ...io,
    stdout: (text) => {
      io.stdout(safe(text));
    },
    stderr: (text) => {
      io.stderr(safe(text));
    },
  };
}

/** Such a word is an error also beside `--help`, which would otherwise show the help of all and end well. */
function isUnknownCommand(word: string | undefined): boolean {
  return word !== undefined && !word.startsWith("-") && word !== "help" && !Object.hasOwn(COMMANDS, word);
}

function bareProgram(io: Io): CommanderCommand {
  return new CommanderCommand("httpd-balancer")
    .description("Apache httpd balancers: render, read, prove and rehearse them")
    .option("--version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout(text);
      },
      writeErr: (text) => {
        io.stderr(text);
      },
    })
    .showHelpAfterError("(try --help)")
    .showSuggestionAfterError();
}

/**
 * Expected failures are one sentence; everything else is a bug of this program and says so. Who asked for JSON gets the
 * sentence as JSON, too.
 */
function failure(error: unknown, io: Io, json: boolean): ExitStatus {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.clean;
  const { status, sentence, said = sentence } = told(error);
  if (said !== "") io.stderr(`${inLines(said, io.width)}\n`);
  if (json) io.stdout(jsonText({ error: sentence }, 2));
  return status;
}

/** Lines that a terminal breaks well enough; what is longer is a list, which is broken between its words. */
const WELL_BROKEN = 3;

function inLines(said: string, width = Infinity): string {
  const lines = said.split("\n").map(harmless);
  const isList = (line: string): boolean => line.length > WELL_BROKEN * width;
  return lines
    .flatMap((line) => (isList(line) ? wrapped(line, { width, indent: "", hanging: "  " }) : [line]))
    .join("\n");
}

interface Told {
  readonly status: ExitStatus;
  readonly sentence: string;
  /** What goes to stderr. @default - the sentence */
  readonly said?: string;
}

function told(error: unknown): Told {
  // commander has said it on stderr already.
  if (error instanceof CommanderError) return { status: EXIT.unusable, sentence: error.message, said: "" };
  if (error instanceof RejectedError) return { status: EXIT.findings, sentence: error.message };
  if (error instanceof UnusableError) {
    return { status: EXIT.unusable, sentence: error.message, said: `httpd-balancer: ${error.message}` };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const sentence = "internal error, please report it with the input that led here";
  return { status: EXIT.unusable, sentence, said: `httpd-balancer: ${sentence}\n${text}` };
}
