import { dirname, resolve } from "node:path";
import { toBytes } from "../../core/httpd/bytes.js";
import { changeText } from "../../core/route/access-change.js";
import type { AskedRepair } from "../../core/lint/fix.js";
import type { LintReport } from "../../core/lint/diagnostic.js";
import { lintConf } from "../../core/lint/lint-conf.js";
import { DEFAULT_PRESETS, isPreset, PRESETS, rulesOf } from "../../core/lint/presets.js";
import type { Preset, Rule } from "../../core/lint/rule.js";
import { RULE_TEXTS } from "../../core/lint/rule-texts.js";
import { withoutSecrets } from "../../core/report/secrets.js";
import { SEVERITIES } from "../../core/report/severity.js";
import type { Severity } from "../../core/report/severity.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { baselineText, newIn, readBaseline } from "../baseline.js";
import { ruleList, ruleListJson } from "../rule-words.js";
import { ruleSwitches, switchedOff } from "../rule-switches.js";
import type { ServerFile } from "../../core/server-files/server-file.js";
import { nodeFilesOf, withNodeFiles } from "../node-files.js";
import { isInside } from "../inside.js";
import { patchOf, readBefore } from "../patch.js";
import { openInput } from "../open-input.js";
import type { OpenedConf } from "../open-input.js";
import { EXIT, UnusableError } from "../io.js";
import type { ExitStatus, FileToWrite, Io } from "../io.js";

/** `httpd-balancer lint`. */
export const command: Command = {
  configure: (command) =>
    withFormats(
      withNodeFiles(withConfOptions(command)).argument("[inputs...]", "httpd.conf files, folders with one, or specs"),
    )
      .option("--preset <presets>", `rules to run, separated by commas: ${presetHelp()}`)
      .option("--fix", "repair what cannot change who gets in, where a session goes or which backend is trusted")
      .option("--unsafe", "with --fix: make the other repairs, too; look at them with --diff first")
      .option("--diff", "with --fix: show what would change, and change nothing")
      .option("--fail-on <severity>", `end with 1 from this severity on: ${SEVERITIES.join(", ")} (default: note)`)
      .option("--off <rule=reason>", "accept all findings of a rule, with the reason (repeatable)", appended, [])
      .option("--baseline <file>", "tell only what is not in this file")
      .option("--write-baseline <file>", "write what is found today into this file, and end with 0")
      .option("--rules", "list the rules; explain RULE tells one in full"),
  async run([inputs], options, io) {
    if (options["rules"] === true) return listRules(options, io);
    const rules = rulesOf(presetsOf(options));
    const format = formatOf(options);
    const failOn = failOnOf(options);
    const off = ruleSwitches((options["off"] ?? []) as readonly string[]);
    const before = typeof options["baseline"] === "string" ? readBaseline(options["baseline"], io) : new Set<string>();
    const paths = typeof inputs === "string" ? [inputs] : (inputs ?? []);
    if (paths.length === 0) throw new UnusableError("lint: names no input; name an httpd.conf, a folder or a spec");
    const beside = nodeFilesOf(options, io);
    if (options["fix"] === true) {
      await fixInputs(paths, rules, options, io);
      if (options["diff"] === true) return EXIT.clean;
    }
    const all = await Promise.all(paths.map((path) => lintInput({ path, beside }, rules, options, io)));
    const judged = all.map((report) => switchedOff(report, off));
    const reports = newIn(judged, before);
    tellKnown(countOf(judged) - countOf(reports), options, io);
    const target = options["writeBaseline"];
    if (typeof target === "string") return writeBaseline(target, reports, io);
    const meant = all.flatMap((report) => report.meant ?? []);
    printFound(format, { command: "lint", rules: RULE_TEXTS, reports: () => reports, meant }, io);
    const counts = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    const failing = reports.some(({ diagnostics }) => diagnostics.some(({ severity }) => counts.includes(severity)));
    if (all.some(({ unread }) => unread === true)) return EXIT.unusable;
    return failing ? EXIT.findings : EXIT.clean;
  },
};

function listRules({ json }: Options, io: Io): ExitStatus {
  io.deliver(json === true ? ruleListJson() : ruleList(io.width));
  return EXIT.clean;
}

function writeBaseline(path: string, reports: readonly LintReport[], io: Io): ExitStatus {
  io.writeFiles([{ path, text: baselineText(reports) }]);
  const count = countOf(reports);
  io.stderr(
    `${path}: ${count} ${count === 1 ? "finding" : "findings"} of today; --baseline ${path} tells what is new\n`,
  );
  return EXIT.clean;
}

/** What a baseline holds back is no reason to call an input clean. */
function tellKnown(known: number, { baseline, json }: Options, io: Io): void {
  if (known === 0 || json === true) return;
  io.stderr(`${String(baseline)}: ${known} ${known === 1 ? "finding is" : "findings are"} known, and not told\n`);
}

function countOf(reports: readonly LintReport[]): number {
  return reports.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
}

function failOnOf({ failOn }: Options): Severity {
  if (failOn === undefined) return "note";
  const word = SEVERITIES.find((severity) => severity === failOn);
  if (word !== undefined) return word;
  throw new UnusableError(`--fail-on: there is no '${String(failOn)}'; ${suggestion(String(failOn), SEVERITIES)}`);
}

function appended(word: string, before: readonly string[]): readonly string[] {
  return [...before, word];
}

/** What reads specs is loaded for specs only: it takes a tenth of the time a small httpd.conf takes. */
async function lintInput(
  { path, beside }: { readonly path: string; readonly beside: readonly ServerFile[] },
  rules: readonly Rule[],
  options: Options,
  io: Io,
): Promise<LintReport> {
  const opened = openInput(path, io, options);
  if (opened.kind === "conf") return { ...lintConf({ ...opened.run, beside }, rules), meant: opened.meant };
  const { lintSpec } = await import("../../core/lint/lint-spec.js");
  return lintSpec(opened.text, opened.path, rules, { asked: opened.asked, beside });
}

/** Repairs every httpd.conf and what it includes; specs are not written by this program. */
async function fixInputs(paths: readonly string[], rules: readonly Rule[], options: Options, io: Io): Promise<void> {
  const { fixConf } = await import("../../core/lint/fix.js");
  const repaired: number[] = [];
  for (const path of paths) {
    const opened = openInput(path, io, options);
    if (opened.kind === "spec") continue;
    const fixed = fixConf(opened.run, rules, { unsafe: options["unsafe"] === true });
    repaired.push(fixed.repaired.length);
    for (const asked of fixed.asked) io.stderr(`${questionText(asked)}\n`);
    for (const sentence of fixed.unfollowed) io.stderr(`${path}: ${sentence}\n`);
    if (path === "-" && options["diff"] !== true && fixed.texts.size > 0) {
      throw new UnusableError("-: what is piped in cannot be written back; --fix --diff shows what would change");
    }
    if (options["diff"] === true) {
      for (const [changed, text] of fixed.texts) io.stdout(await patchOf(changed, text, opened.run));
    } else io.writeFiles(writtenFor(fixed.texts, opened, options, io));
  }
  const total = repaired.reduce((sum, one) => sum + one, 0);
  const would = options["diff"] === true ? "would be " : "";
  io.stderr(`${total} ${total === 1 ? "finding" : "findings"} ${would}repaired\n`);
}

/** What is written of what was repaired: files out of the input's folder on request only. */
function writtenFor(
  texts: ReadonlyMap<string, string>,
  opened: OpenedConf,
  { allowOutside }: Options,
  io: Io,
): readonly FileToWrite[] {
  const folder = dirname(io.realPath(opened.path) ?? resolve(opened.path));
  return [...texts].flatMap(([path, text]): readonly FileToWrite[] => {
    const inside = isInside(io.realPath(path) ?? resolve(path), folder);
    if (inside || (allowOutside === true && !io.confined)) {
      return [{ path, text: toBytes(text), before: toBytes(readBefore(path, opened.run)), within: folder }];
    }
    io.stderr(`${path}: lies outside of ${folder} and is left as it is; add --allow-outside to repair it, too\n`);
    return [];
  });
}

/** A repair that is left to somebody who knows what is meant. */
function questionText({ diagnostic, proposed, change }: AskedRepair): string {
  const { place, rule } = diagnostic;
  const lines = proposed.length === 0 ? "takes a line away" : `writes: ${proposed.join(" / ")}`;
  return withoutSecrets(
    `${place === undefined ? "" : `${place.file}:${place.line}: `}question: ${rule} is not repaired; the repair ${lines}; ${changeText(change)}; is it meant so?`,
  );
}

function presetsOf({ preset }: Options): readonly Preset[] {
  if (preset === undefined) return DEFAULT_PRESETS;
  return String(preset)
    .split(",")
    .map((word) => {
      if (isPreset(word)) return word;
      throw new UnusableError(`--preset: there is no '${word}'; ${suggestion(word, Object.keys(PRESETS))}`);
    });
}

function presetHelp(): string {
  const words = Object.entries(PRESETS).map(([name, what]) => `${name} (${what})`);
  return `${words.join(", ")}; default: ${DEFAULT_PRESETS.join(",")}`;
}
