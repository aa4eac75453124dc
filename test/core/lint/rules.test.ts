import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testConf } from "../../../core/conf/run/configtest.js";
import { fixConf } from "../../../core/lint/fix.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { RULES } from "../../../core/lint/rule-list.generated.js";
import { RULE_GROUPS } from "../../../core/lint/rule.js";
import { SEVERITIES } from "../../../core/report/severity.js";
import type { Rule } from "../../../core/lint/rule.js";
import { rulesDocument } from "../../../scripts/generate-rules.js";
import { example, usualRulesAnd, wrongLines } from "./examples.js";

const FOLDER = join(__dirname, "../../../core/lint/rules");
const PROOFS = readFileSync(join(__dirname, "proofs.real.test.ts"), "utf8");
const DOCUMENT = rulesDocument();

function findings(text: string, rule: Rule): readonly string[] {
  const { diagnostics } = lintConf(example(rule, text), usualRulesAnd(rule));
  return diagnostics.map((found) => `${found.rule}:${found.place?.line ?? 0}`);
}

describe("the list of rules", () => {
  it("is the folder of rules", () => {
    const files = readdirSync(FOLDER);
    expect(RULES.map(({ id }) => `${id}.ts`)).toEqual(files.sort());
  });

  it("holds at least sixty rules with ids of their own", () => {
    expect(RULES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it("has a rule in every group", () => {
    for (const group of Object.keys(RULE_GROUPS)) expect(RULES.some((rule) => rule.group === group)).toBe(true);
  });
});

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))("rule $id", ({ rule }) => {
  it("judges something: in one of the forms of a rule", () => {
    const forms = ["member", "cluster", "mount", "scope", "server", "check"] as const;
    expect(forms.filter((form) => rule[form] !== undefined).length).toBeGreaterThan(0);
  });

  it("is named in kebab-case and says in whole sentences what is wanted and why", () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$|^namevirtualhost$/);
    expect(rule.wanted).toMatch(/\.$/);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.why.length).toBeGreaterThan(80);
    expect(SEVERITIES).toContain(rule.severity);
  });

  it("names its proof: a test on the real httpd, or what was measured", () => {
    if (!/^measured on httpd 2\.4\.\d+/.test(rule.proof)) expect(PROOFS).toContain(JSON.stringify(rule.proof));
  });

  it("is documented with its severity", () => {
    const documented = DOCUMENT.split(`### ${rule.id}\n`)[1]?.split("\n### ")[0] ?? "";
    expect(documented).toContain(`\n${rule.severity} · presets `);
    expect(documented).toContain(rule.why);
  });

  it("fires in each bad example on the lines marked as wrong, and no other rule does", () => {
    expect(rule.bad.length).toBeGreaterThan(0);
    for (const text of rule.bad) {
      const expected = wrongLines(text).map((line) => `${rule.id}:${line}`);
      expect(expected.length).toBeGreaterThan(0);
      expect(findings(text, rule), text).toEqual(expected);
    }
  });

  it("is silent, as all others are, in each good example", () => {
    expect(rule.good.length).toBeGreaterThan(0);
    for (const text of rule.good) expect(findings(text, rule), text).toEqual([]);
  });

  it("states what was found, what is wanted and what to do", () => {
    for (const text of rule.bad) {
      for (const found of lintConf(example(rule, text), [rule]).diagnostics) {
        expect(found.subject).not.toBe("");
        expect(found.found).not.toBe("");
        expect(found.wanted).toBe(rule.wanted);
        expect(found.fix).not.toBe("");
        expect(`${found.subject}${found.found}${found.fix}`).not.toMatch(/undefined|\[object|NaN/);
      }
    }
  });

  it("repairs what it says it repairs: nothing is left of it, httpd accepts it, and twice is as once", () => {
    const repaired = rule.bad.map((text) => {
      const once = fixConf(example(rule, text), [rule], { unsafe: true }).texts.get("httpd.conf") ?? text;
      expect(testConf(example(rule, once)).error).toEqual(undefined);
      expect(fixConf(example(rule, once), [rule], { unsafe: true }).texts.size).toBe(0);
      return once !== text && lintConf(example(rule, once), [rule]).diagnostics.length === 0;
    });
    expect(repaired.includes(true)).toBe(rule.fixable);
  });

  it("keeps every line that it does not repair", () => {
    for (const text of rule.bad) {
      const once = fixConf(example(rule, text), [rule], { unsafe: true }).texts.get("httpd.conf") ?? text;
      const wrong = wrongLines(text);
      const kept = text.split("\n").filter((_line, index) => !wrong.includes(index + 1));
      const after = once.split("\n");
      const changed = kept.filter((line) => !after.includes(line));
      expect(changed.length, changed.join("\n")).toBeLessThanOrEqual(wrong.length);
    }
  });
});
