import { setFlagsFromString } from "node:v8";
import { basename, dirname, join, resolve } from "node:path";
import { toUnicode } from "../../core/conf/text/bytes.js";
import { configtest } from "../../core/conf/run/configtest.js";
import type { ConfigTest } from "../../core/conf/run/configtest.js";
import { originOf } from "../../core/conf/run/executed.js";
import type { Executed } from "../../core/conf/run/executed.js";
import { excerpt } from "../../core/vocabulary/place.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { openConf } from "../open-input.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";

/** One entry of the JSON document; the keys are a contract. */
interface Verdict {
  readonly file: string;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string | null;
  /** The file httpd names where it is not `file`: an included one. */
  readonly in?: string;
  /** What fails the start although `-t` is content. */
  readonly startUp?: readonly { readonly id: string; readonly message: string; readonly fix: string }[];
  /** Directives accepted without a look at their arguments. */
  readonly notJudged?: readonly string[];
}

interface Judged {
  readonly verdict: Verdict;
  readonly test: ConfigTest;
}

/** `httpd-balancer configtest`. */
export const command: Command = {
  configure: (command) =>
    withConfOptions(command)
      .argument("<file...>", "httpd.conf, or a fragment of one")
      .option("--json", "print the verdicts as JSON")
      .addHelpText(
        "after",
        "\nFor each file the verdict, line and sentence of apache2 -t of httpd 2.4.71, without httpd.",
      ),
  run(operands, options, io) {
    // What is read is kept to the end: room for short-lived values would only grow the process (16 MB, measured).
    setFlagsFromString("--semi-space-growth-factor=1");
    const files = operands.flat();
    const judged = files.map((file) => judge(file, options, io));
    if (options["json"] === true) io.stdout(`${JSON.stringify(judged.map((one) => one.verdict))}\n`);
    else io.stdout(judged.map((one) => report(one)).join(""));
    return judged.every((one) => one.verdict.ok) ? EXIT.clean : EXIT.findings;
  },
};

/** httpd names files by their whole path. */
function judge(file: string, options: Options, io: Io): Judged {
  const opened = openConf(file, io, options);
  const path = resolve(opened.path);
  const test = configtest({ ...opened.run, path });
  if (test.error?.about === "size") throw new UnusableError(`${file}: ${test.error.message}`);
  return { verdict: verdictOf(file, path, test), test };
}

function verdictOf(file: string, path: string, test: ConfigTest): Verdict {
  const { error, startUp, notJudged } = test;
  const places = notJudged.map((directive) => placeOf(directive));
  const extra = {
    ...(startUp.length === 0 ? {} : { startUp }),
    ...(places.length === 0 ? {} : { notJudged: places }),
  };
  if (error === undefined) return { file, ok: true, line: null, message: null, ...extra };
  const { line = null, message } = error.unclosed ?? error;
  const elsewhere = error.source === undefined || error.source === path ? {} : { in: toUnicode(error.source) };
  return { file, ok: false, line, message: toUnicode(message), ...elsewhere, ...extra };
}

function placeOf(directive: Executed): string {
  const { file, line, column } = originOf(directive);
  return `${toUnicode(directive.name)} (${basename(file)}:${line}:${column})`;
}

function report({ verdict, test }: Judged): string {
  const lines = [verdict.ok ? `${verdict.file}: Syntax OK` : complaint(verdict, test)];
  for (const finding of verdict.startUp ?? []) {
    lines.push(
      `${verdict.file}: passes -t, but httpd does not start: ${finding.message} (${finding.id}); ${finding.fix}`,
    );
  }
  for (const place of verdict.notJudged ?? []) lines.push(`${verdict.file}: not judged: ${place}`);
  return `${lines.join("\n")}\n`;
}

function complaint(verdict: Verdict, test: ConfigTest): string {
  const file = verdict.in === undefined ? verdict.file : join(dirname(verdict.file), basename(verdict.in));
  const head = `${file}:${verdict.line ?? 0}: ${verdict.message ?? ""}`;
  const at = test.error?.at;
  if (at === undefined) return head;
  const start = firstOffset(at.source.tree.text, at.line.start);
  const shown = excerpt(at.source.tree.text, start)
    .split("\n")
    .map((line) => `    ${toUnicode(line)}`);
  return [head, ...shown].join("\n");
}

/** The first character that is not a blank. */
function firstOffset(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}
