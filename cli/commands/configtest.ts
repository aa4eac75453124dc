import { jsonText } from "../../core/report/json-text.js";
import { setFlagsFromString } from "node:v8";
import { basename, dirname, join, relative, resolve } from "node:path";
import { toUnicode } from "../../core/httpd/bytes.js";
import { testConf } from "../../core/conf/run/configtest.js";
import type { ConfigTest } from "../../core/conf/run/configtest.js";
import { originOf } from "../../core/conf/run/executed.js";
import type { Executed, Source } from "../../core/conf/run/executed.js";
import { refusalOf } from "../../core/lint/refusal.js";
import { isNoConfiguration } from "../../core/conf/run/no-configuration.js";
import { confText } from "../../core/lint/source-text.js";
import { excerptOf } from "../../core/report/excerpt.js";
import { fingerprinted } from "../../core/report/fingerprint.js";
import { harmless } from "../../core/report/harmless.js";
import type { Report } from "../../core/report/report.js";
import { wrapped } from "../../core/report/wrap.js";
import { withoutSecrets } from "../../core/report/secrets.js";
import type { MeantHttpd } from "../../core/vocabulary/meant-httpd.js";
import type { HttpdVersion } from "../../core/vocabulary/versions.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { openConf } from "../open-input.js";
import { unreadIn } from "../unread.js";
import { unseenFiles } from "../unseen-files.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";

/** One entry of the JSON document; the keys are a contract. */
interface Verdict {
  readonly file: string;
  /** The httpd that is meant. */
  readonly httpd: HttpdVersion;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string | null;
  /** What to write instead. */
  readonly fix?: string;
  /** The file httpd names where it is not `file`: an included one. */
  readonly in?: string;
  /** What fails the start although `-t` is content. */
  readonly startUp?: readonly { readonly id: string; readonly message: string; readonly fix: string }[];
  /** Directives accepted without a look at their arguments. */
  readonly notJudged?: readonly string[];
}

interface Judged {
  readonly verdict: Verdict;
  readonly meant: MeantHttpd;
  readonly test: ConfigTest;
  /** What is refused, as a finding; undefined for nothing. */
  readonly refused: Refused | undefined;
}

type Refused = ReturnType<typeof refusalOf>["diagnostic"];

/** `httpd-balancer configtest`. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withConfOptions(command).argument("<file...>", "httpd.conf, or a fragment of one"),
      "print the verdicts as JSON",
    ).addHelpText(
      "after",
      "\nFor each file the verdict, line and sentence of the -t of the httpd that is meant, without httpd.",
    ),
  run(operands, options, io) {
    const format = formatOf(options);
    const files = operands.flat();
    const judged = withoutGrowth(() => files.map((file) => judge(file, options, io)));
    const own = {
      text: () => judged.map((one) => report(one, io.width)).join(""),
      json: () => jsonText(judged.map((one) => one.verdict)),
    };
    const meant = judged.map((one) => one.meant);
    const reports = (): readonly Report[] => judged.map(reportOf);
    printFound(format, { command: "configtest", rules: [CONFIGTEST], reports, meant, own }, io);
    return judged.every((one) => one.verdict.ok) ? EXIT.clean : EXIT.findings;
  },
};

/**
 * What is read is kept to the end: room for short-lived values would only grow the process (16 MB, measured). The flag is
 * set back to V8's own 2, as compiled code is only kept for later starts of the same flags.
 */
function withoutGrowth<Value>(work: () => Value): Value {
  setFlagsFromString("--semi-space-growth-factor=1");
  try {
    return work();
  } finally {
    setFlagsFromString("--semi-space-growth-factor=2");
  }
}

/** httpd names files by their whole path. */
function judge(file: string, options: Options, io: Io): Judged {
  const opened = openConf(file, io, options);
  const path = resolve(opened.path);
  const test = testConf({ ...opened.run, path });
  if (test.error?.about === "size") throw new UnusableError(`${file}: ${test.error.message}`);
  io.stderr(
    [...unreadIn(test.expansion), ...unseenFiles(test.expansion.directives)]
      .map((sentence) => `${sentence}\n`)
      .join(""),
  );
  const refused = refusedIn(test, file);
  const { meant } = opened;
  return { verdict: verdictOf({ file, path, meant, test, refused }), meant, test, refused };
}

/** What is refused as lint tells it, with the place as people count it. */
function refusedIn({ error }: ConfigTest, file: string): Refused | undefined {
  if (error === undefined) return undefined;
  const { diagnostic } = refusalOf(error);
  const { place, length } = diagnostic;
  const source = writtenIn(error.at?.source);
  if (place === undefined || source === undefined) return diagnostic;
  const stretch = confText(source.tree.text).stretch(place, length);
  return { ...diagnostic, place: { ...stretch.place, file: shownName(place.file, file) }, length: stretch.length };
}

/** The file that a line is written in: that of the line that uses a macro. */
function writtenIn(source: Source | undefined): Source | undefined {
  return source?.use === undefined ? source : writtenIn(source.use.source);
}

/** A file as it was named, or seen from there. */
function shownName(path: string, file: string): string {
  const from = dirname(resolve(file));
  return resolve(path) === resolve(file) ? file : join(dirname(file), relative(from, path));
}

interface Tested {
  readonly file: string;
  readonly path: string;
  readonly meant: MeantHttpd;
  readonly test: ConfigTest;
  readonly refused: Refused | undefined;
}

function verdictOf({ file, path, meant: { version: httpd }, test, refused }: Tested): Verdict {
  const { error, startUp, notJudged } = test;
  const places = notJudged.map((directive) => placeOf(directive));
  const extra = {
    ...(startUp.length === 0 ? {} : { startUp }),
    ...(places.length === 0 ? {} : { notJudged: places }),
  };
  if (error === undefined) return { file, httpd, ok: true, line: null, message: null, ...extra };
  const { line = null, message } = error.unclosed ?? error;
  const elsewhere = error.source === undefined || error.source === path ? {} : { in: toUnicode(error.source) };
  const mend = refused === undefined ? {} : { fix: refused.fix };
  return { file, httpd, ok: false, line, message: toUnicode(message), ...mend, ...elsewhere, ...extra };
}

const WANTED = "httpd accepts the configuration, and starts with it.";
const CONFIGTEST = { id: "configtest", severity: "error", wanted: WANTED, why: WANTED, group: "input" } as const;

function reportOf({ verdict: { file, startUp = [] }, refused, test }: Judged): Report {
  const unable = startUp.map(({ id, message: found, fix }) => ({
    rule: "configtest",
    severity: "error" as const,
    length: 1,
    pointer: undefined,
    wanted: WANTED,
    place: undefined,
    subject: `httpd does not start (${id})`,
    found,
    fix,
    repair: undefined,
  }));
  const diagnostics = fingerprinted([...(refused === undefined ? [] : [refused]), ...unable]);
  const source = writtenIn(test.error?.at?.source);
  const name = refused?.place?.file;
  const texts = source === undefined || name === undefined ? [] : [[name, confText(source.tree.text)] as const];
  return { input: file, diagnostics, suppressed: [], texts: new Map(texts) };
}

function placeOf(directive: Executed): string {
  const { file, line, column } = originOf(directive);
  return `${toUnicode(directive.name)} (${basename(file)}:${line}:${column})`;
}

function report({ verdict, test, refused }: Judged, width: number | undefined): string {
  const lines = refused === undefined ? [`${verdict.file}: Syntax OK`] : complaint({ verdict, test }, refused, width);
  for (const finding of verdict.startUp ?? []) {
    lines.push(
      `${verdict.file}: passes -t, but httpd does not start: ${finding.message} (${finding.id}); ${finding.fix}`,
    );
  }
  for (const place of verdict.notJudged ?? []) lines.push(`${verdict.file}: not judged: ${place}`);
  return `${lines.join("\n")}\n`;
}

/** httpd's sentence at the line httpd names, the line with the word it is about, and what to write instead. */
function complaint(
  { verdict, test }: Pick<Judged, "verdict" | "test">,
  { place, length, fix }: Refused,
  width: number | undefined,
): string[] {
  const file = verdict.in === undefined ? verdict.file : shownName(verdict.in, verdict.file);
  const head = harmless(`${file}:${verdict.line ?? 0}: ${withoutSecrets(verdict.message ?? "")}`);
  const mend = wrapped(harmless(`fix: ${fix}`), { width, indent: "  ", hanging: "    " });
  const source = writtenIn(test.error?.at?.source);
  if (source === undefined || place === undefined) return [head, ...mend];
  if (source.name !== verdict.file && isNoConfiguration(source.tree)) return [head, ...mend];
  const line = confText(source.tree.text).line(place.line) ?? "";
  return [head, ...excerptOf(line, place, length, width), ...mend];
}
