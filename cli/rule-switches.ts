import type { LintReport, SuppressedDiagnostic } from "../core/lint/diagnostic.js";
import { ruleMend } from "../core/lint/known-rule.js";
import { RULE_TEXTS } from "../core/lint/rule-texts.js";
import { UnusableError } from "./io.js";

/** Rules that are switched off for all inputs, each with the reason. */
export type RuleSwitches = ReadonlyMap<string, string>;

/**
 * Reads `--off RULE=REASON`.
 *
 * @throws UnusableError for a rule that is none, and for no reason
 */
export function ruleSwitches(words: readonly string[]): RuleSwitches {
  return new Map(words.map(ruleSwitch));
}

function ruleSwitch(word: string): readonly [string, string] {
  const [, id = word, reason = ""] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  if (!RULE_TEXTS.some((rule) => rule.id === id))
    throw new UnusableError(`--off: there is no rule '${id}'; ${ruleMend(id)}`);
  if (id === "configtest") throw new UnusableError("--off: configtest is what httpd refuses; mend the file");
  if (reason.trim() === "") throw new UnusableError(`--off: say why: --off ${id}="REASON"`);
  return [id, reason.trim()];
}

/** Findings of rules that are off are accepted, with the reason. */
export function switchedOff(report: LintReport, off: RuleSwitches): LintReport {
  if (off.size === 0) return report;
  const accepted = report.diagnostics.flatMap((found): readonly SuppressedDiagnostic[] => {
    const reason = off.get(found.rule);
    return reason === undefined ? [] : [{ ...found, reason }];
  });
  const diagnostics = report.diagnostics.filter(({ rule }) => !off.has(rule));
  return { ...report, diagnostics, suppressed: [...report.suppressed, ...accepted] };
}
