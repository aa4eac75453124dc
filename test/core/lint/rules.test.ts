import { describe, expect, it } from "vitest";
import { NO_FILES } from "../../../core/conf/reader.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { DEFAULT_PRESETS, rulesOf } from "../../../core/lint/presets.js";
import { RULES } from "../../../core/lint/rules/index.js";
import type { Rule } from "../../../core/lint/rule.js";

/** Lines below the comments `# wrong`. */
function wrongLines(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => (line.trim() === "# wrong" ? [index + 2] : []));
}

function findings(text: string, rule: Rule): readonly string[] {
  const usual = rulesOf(DEFAULT_PRESETS);
  const rules = usual.includes(rule) ? usual : [...usual, rule];
  const report = lintConf({ path: "httpd.conf", text, reader: NO_FILES }, rules);
  return report.diagnostics.map((found) => `${found.rule}:${found.place?.line ?? 0}`);
}

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))("rule $id", ({ rule }) => {
  it("fires in each bad example on the lines marked as wrong, and no other rule does", () => {
    expect(rule.bad.length).toBeGreaterThan(0);
    for (const text of rule.bad) {
      const expected = wrongLines(text).map((line) => `${rule.id}:${line}`);
      expect(expected.length).toBeGreaterThan(0);
      expect(findings(text, rule), text).toEqual(expected);
    }
  });

  it("is silent, as all others, in each good example", () => {
    expect(rule.good.length).toBeGreaterThan(0);
    for (const text of rule.good) expect(findings(text, rule), text).toEqual([]);
  });
});
