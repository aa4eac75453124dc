import { setFlagsFromString } from "node:v8";
import { basename, dirname, join, resolve } from "node:path";
import { toUnicode } from "../../core/httpd/bytes.js";
import { configtest } from "../../core/conf/run/configtest.js";
import type { ConfigTest } from "../../core/conf/run/configtest.js";
import { originOf } from "../../core/conf/run/executed.js";
import type { Executed } from "../../core/conf/run/executed.js";
import { locator } from "../../core/vocabulary/place.js";
import { excerptOf } from "../../core/report/excerpt.js";
import { fingerprinted } from "../../core/report/fingerprint.js";
import { harmless } from "../../core/report/harmless.js";
import type { Report } from "../../core/report/report.js";
import { withoutSecrets } from "../../core/report/secrets.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
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
    withFormats(
      withConfOptions(command).argument("<file...>", "httpd.conf, or a fragment of one"),
      "print the verdicts as JSON",
    ).addHelpText(
      "after",
      "\nFor each file the verdict, line and sentence of apache2 -t of httpd 2.4.71, without httpd.",
    ),
  run(operands, options, io) {
    // What is read is kept to the end: room for short-lived values would only grow the process (16 MB, measured).
    setFlagsFromString("--semi-space-growth-factor=1");
    const format = formatOf(options);
    const files = operands.flat();
    const judged = files.map((file) => judge(file, options, io));
    const own = {
      text: () => judged.map((one) => report(one)).join(""),
      json: () => `${JSON.stringify(judged.map((one) => one.verdict))}\n`,
    };
    printFound(format, { command: "configtest", rules: [CONFIGTEST], reports: () => judged.map(reportOf), own }, io);
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

const WANTED = "httpd accepts the configuration, and starts with it.";
const CONFIGTEST = { id: "configtest", severity: "error", wanted: WANTED, why: WANTED, group: "input" } as const;

function reportOf({ verdict: { file, ok, line, message, startUp = [], in: included } }: Judged): Report {
  const common = { rule: "configtest", severity: "error", length: 1, pointer: undefined, wanted: WANTED } as const;
  const refused = {
    ...common,
    place: { file: included ?? file, line: line ?? 1, column: 1 },
    subject: "the configuration",
    found: withoutSecrets(message ?? ""),
    fix: "correct the line",
    repair: undefined,
  };
  const unable = startUp.map(({ id, message: found, fix }) => {
    return { ...common, place: undefined, subject: `start (${id})`, found, fix, repair: undefined };
  });
  const diagnostics = fingerprinted([...(ok ? [] : [refused]), ...unable]);
  return { input: file, diagnostics, suppressed: [], texts: new Map() };
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
  const head = harmless(`${file}:${verdict.line ?? 0}: ${withoutSecrets(verdict.message ?? "")}`);
  const at = test.error?.at;
  if (at === undefined) return head;
  const { text } = at.source.tree;
  const place = locator(text)(firstOffset(text, at.line.start));
  const line = toUnicode(text.slice(at.line.start, at.line.end).split(/\r?\n/)[0] ?? "");
  return [head, ...excerptOf(line, place, 1)].join("\n");
}

/** The first character that is not a blank. */
function firstOffset(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}
