import { toBytes } from "../../core/httpd/bytes.js";
import { changeText } from "../../core/route/access-change.js";
import type { AskedRepair } from "../../core/lint/fix.js";
import type { LintReport } from "../../core/lint/diagnostic.js";
import { lintConf } from "../../core/lint/lint-conf.js";
import { DEFAULT_PRESETS, isPreset, PRESETS, rulesOf } from "../../core/lint/presets.js";
import type { Preset, Rule } from "../../core/lint/rule.js";
import { RULE_TEXTS } from "../../core/lint/rule-texts.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { redacted } from "../import-report.js";
import { formatOf, printFound, withFormats } from "../format.js";
import { openInput } from "../open-input.js";
import { EXIT, UnusableError } from "../io.js";
import type { Io } from "../io.js";

/** `httpd-balancer lint`. */
export const command: Command = {
  configure: (command) =>
    withFormats(withConfOptions(command).argument("<inputs...>", "httpd.conf files, folders with one, or specs"))
      .option("--preset <presets>", `rules to run, separated by commas: ${presetHelp()}`)
      .option("--fix", "repair what can be repaired mechanically, in the httpd.conf files themselves"),
  async run([inputs], options, io) {
    const rules = rulesOf(presetsOf(options));
    const format = formatOf(options);
    const paths = typeof inputs === "string" ? [inputs] : (inputs ?? []);
    if (options["fix"] === true) await fixInputs(paths, rules, options, io);
    const reports = await Promise.all(paths.map((path) => lintInput(path, rules, options, io)));
    printFound(format, { command: "lint", rules: RULE_TEXTS, reports: () => reports }, io);
    return reports.every(({ diagnostics }) => diagnostics.length === 0) ? EXIT.clean : EXIT.findings;
  },
};

/** What reads specs is loaded for specs only: it takes a tenth of the time a small httpd.conf takes. */
async function lintInput(path: string, rules: readonly Rule[], options: Options, io: Io): Promise<LintReport> {
  const opened = openInput(path, io, options);
  if (opened.kind === "conf") return lintConf(opened.run, rules);
  const { lintSpec } = await import("../../core/lint/lint-spec.js");
  return lintSpec(opened.text, opened.path, rules);
}

/** Repairs every httpd.conf and what it includes; specs are not written by this program. */
async function fixInputs(paths: readonly string[], rules: readonly Rule[], options: Options, io: Io): Promise<void> {
  const { fixConf } = await import("../../core/lint/fix.js");
  const repaired = paths.map((path) => {
    const opened = openInput(path, io, options);
    if (opened.kind === "spec") return 0;
    const fixed = fixConf(opened.run, rules);
    for (const [changed, text] of fixed.texts) io.writeText(changed, toBytes(text));
    for (const asked of fixed.asked) io.stderr(`${questionText(asked)}\n`);
    return fixed.repaired.length;
  });
  const total = repaired.reduce((sum, one) => sum + one, 0);
  io.stderr(`${total} ${total === 1 ? "finding" : "findings"} repaired\n`);
}

/** A repair that is left to somebody who knows what is meant. */
function questionText({ diagnostic, proposed, change }: AskedRepair): string {
  const { place, rule } = diagnostic;
  const lines = proposed.length === 0 ? "takes a line away" : `writes: ${proposed.join(" / ")}`;
  return redacted(
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
