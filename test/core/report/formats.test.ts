import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../core/report/formats/index.js";
import type { LintReport } from "../../../core/lint/diagnostic.js";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { RULE_TEXTS } from "../../../core/lint/rule-texts.js";
import { lintTopology } from "../../../core/lint/lint-topology.js";
import { buildTopology } from "../../../core/topology/build.js";
import { alone } from "../lint/examples.js";
import { junitFaults } from "../../support/junit-schema.js";

const CONF = `<Proxy balancer://shop>
  BalancerMember http://op:hunter2@10.0.0.1:8080 retry=5min
  BalancerMember ajp://10.0.0.2:8009/ secret=s3cr3t-1
  ProxySet maxattempts=0
</Proxy>
# httpd-balancer: allow mount-reverse because no backend of ours redirects
ProxyPass /a&b<c> http://10.0.0.9:8080
ProxyPass / "balancer://shop/" nocanon
ProxyPassReverse / balancer://shop/
`;
const OPTIONS = { version: "1.2.3", colour: false, command: "lint", rules: RULE_TEXTS };

function reportsOf(text = CONF, path = "conf/a b.conf"): readonly LintReport[] {
  return [lintConf(alone(text, path)), lintConf(alone("ServerName x\n", "clean.conf"))];
}

describe.each(Object.entries(FORMATS))("format %s", (name, format) => {
  it("ends in a line break and says the same twice", () => {
    const text = format(reportsOf(), OPTIONS);
    expect(text).toMatch(/\n$/);
    expect(format(reportsOf(), OPTIONS)).toBe(text);
  });

  it("names every rule that found something", () => {
    const text = format(reportsOf(), OPTIONS);
    const rules = reportsOf().flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule));
    expect(rules.length).toBeGreaterThan(4);
    for (const rule of rules) expect(text, name).toContain(rule);
  });

  it("shows no secret and no password", () => {
    const text = format(reportsOf(), OPTIONS);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("s3cr3t-1");
  });

  it("reports findings that have no place in a file", () => {
    const topology = buildTopology({ clusters: [{ name: "empty" }] });
    const report = lintTopology(topology, { path: "Stack/web" });
    expect(report.diagnostics.map(({ rule }) => rule)).toEqual(["cluster-without-members"]);
    expect(format([report], OPTIONS)).toContain("cluster-without-members");
  });
});

describe("text", () => {
  it("shows the line with carets below what is meant", () => {
    const lines = FORMATS.text(reportsOf(), OPTIONS).split("\n");
    const at = lines.findIndex((line) => line.includes("seconds-unit"));
    const [, , shown, carets] = lines.slice(at);
    expect(lines[at]).toBe("conf/a b.conf:2:50: error seconds-unit");
    expect(shown?.slice(carets?.indexOf("^"), (carets?.lastIndexOf("^") ?? 0) + 1)).toBe("retry=5min");
  });

  it("counts what it found and what was allowed", () => {
    expect(FORMATS.text(reportsOf(), OPTIONS)).toMatch(/\n[0-9]+ errors, [0-9]+ warnings, 1 allowed\n$/);
    const clean = lintConf(alone("ProxyPass /a ws://10.0.0.1:8080/a\n"));
    expect(FORMATS.text([clean], OPTIONS)).toBe("no findings\n");
    const empty = FORMATS.text([lintConf(alone(""))], OPTIONS);
    expect(empty).toBe(
      "httpd.conf: no balancer and no ProxyPass is read here; -D NAME turns on what stands in an <IfDefine>\nnothing was looked at\n",
    );
    expect(FORMATS.text([clean, lintConf(alone(""))], OPTIONS)).toMatch(/^httpd[.]conf: no balancer.*\nno findings\n$/);
  });

  it("says in one line a finding, too, what was looked at, and for which httpd", () => {
    const meant = [{ version: "2.4.57", by: "asked" }] as const;
    const nothing = FORMATS.concise([lintConf(alone(""))], { ...OPTIONS, meant });
    expect(nothing).toMatch(/^httpd[.]conf: no balancer.*\nnothing was looked at\nfor httpd 2[.]4[.]57.*\n$/);
    const clean = FORMATS.concise([lintConf(alone("ProxyPass /a ws://10.0.0.1:8080/a\n"))], { ...OPTIONS, meant });
    expect(clean).toMatch(/^no findings\nfor httpd 2[.]4[.]57.*\n$/);
    const reports = reportsOf();
    const found = reports.flatMap(({ diagnostics }) => diagnostics);
    const lines = FORMATS.concise(reports, OPTIONS).trim().split("\n");
    expect(lines.filter((line) => / (?:error|warning|note) /.test(line))).toHaveLength(found.length);
  });

  it("is coloured only on a terminal that shows colours", () => {
    expect(FORMATS.text(reportsOf(), OPTIONS)).not.toContain("\u001b");
    expect(FORMATS.text(reportsOf(), { ...OPTIONS, colour: true })).toContain("\u001b[31merror");
  });
});

describe("json", () => {
  it("gives every finding a rule, a severity, a place and a fix", () => {
    const { findings, suppressed, summary } = JSON.parse(FORMATS.json(reportsOf(), OPTIONS)) as {
      readonly findings: readonly Readonly<Record<string, unknown>>[];
      readonly suppressed: readonly Readonly<Record<string, unknown>>[];
      readonly summary: { readonly error: number; readonly warning: number; readonly note: number };
    };
    expect(findings.length).toBe(summary.error + summary.warning + summary.note);
    for (const found of findings) {
      expect(found).toMatchObject({ file: "conf/a b.conf", fix: expect.stringMatching(/./) as string });
      expect(found["line"]).toBeGreaterThan(0);
      expect(found["column"]).toBeGreaterThan(0);
    }
    expect(suppressed).toMatchObject([{ rule: "mount-reverse", reason: "no backend of ours redirects" }]);
  });
});

describe("sarif", () => {
  const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const entries = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>);
  // The schema is of draft 4, which differs in nothing that it uses but the names of these two.
  const schema = Object.fromEntries(entries.filter(([key]) => key !== "$schema" && key !== "id"));
  const isSarif = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );

  it("is valid against the schema of SARIF 2.1.0", () => {
    expect(isSarif(JSON.parse(FORMATS.sarif(reportsOf(), OPTIONS))), JSON.stringify(isSarif.errors)).toBe(true);
    const meant = [{ version: "2.4.52", by: "asked" }] as const;
    const told = JSON.parse(FORMATS.sarif(reportsOf(), { ...OPTIONS, meant })) as SarifLog;
    expect(isSarif(told), JSON.stringify(isSarif.errors)).toBe(true);
    expect(JSON.stringify(told)).toContain("for httpd 2.4.52 (as asked)");
    expect(isSarif({ version: "2.1.0" })).toBe(false);
  });

  it("keeps the fingerprints of findings when lines move", () => {
    const fingerprints = (text: string): readonly string[] =>
      reportsOf(text).flatMap(({ diagnostics }) => diagnostics.map(({ fingerprint }) => fingerprint));
    const before = fingerprints(CONF);
    expect(new Set(before).size).toBe(before.length);
    expect(fingerprints(`# one more line\n\n${CONF}`)).toEqual(before);
  });

  it("names its rules where results point to", () => {
    const log = JSON.parse(FORMATS.sarif(reportsOf(), OPTIONS)) as SarifLog;
    const [run] = log.runs;
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    expect(run?.results.some(({ suppressions }) => suppressions?.[0]?.kind === "inSource")).toBe(true);
  });
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly suppressions?: readonly { readonly kind: string }[];
    }[];
  }[];
}

describe("github", () => {
  it("is one workflow command a line, with nothing that could end it early", () => {
    const lines = FORMATS.github(reportsOf(), OPTIONS).trimEnd().split("\n");
    for (const line of lines) {
      expect(line).toMatch(
        /^::(error|warning|notice) file=conf\/a b\.conf,line=\d+,col=\d+,endColumn=\d+,title=[a-z-]+::/,
      );
    }
  });
});

describe("gitlab", () => {
  it("is a list of issues with fingerprints of their own", () => {
    const issues = JSON.parse(FORMATS.gitlab(reportsOf(), OPTIONS)) as readonly {
      readonly fingerprint: string;
      readonly severity: string;
      readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
    }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    for (const issue of issues) {
      expect(["info", "minor", "major", "critical", "blocker"]).toContain(issue.severity);
      expect(issue.location.path).toBe("conf/a%20b.conf");
      expect(issue.location.lines.begin).toBeGreaterThan(0);
    }
  });
});

describe("junit", () => {
  it("is valid against its schema, with a suite for every input and counts that are right", async () => {
    const xml = FORMATS.junit(reportsOf(), OPTIONS);
    const failures = xml.match(/<failure /g)?.length ?? 0;
    expect(xml).toContain(`failures="${failures}"`);
    const cases = xml.match(/<testcase /g)?.length ?? 0;
    expect(xml).toMatch(new RegExp(`<testsuites name="[^"]*" tests="${cases}" failures="${failures}" errors="0">`));
    expect(xml).toContain("<skipped>no backend of ours redirects</skipped>");
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(await junitFaults(xml)).toEqual([]);
    const meant = [{ version: "2.4.52", by: "asked" }] as const;
    expect(await junitFaults(FORMATS.junit(reportsOf(), { ...OPTIONS, meant }))).toEqual([]);
  });

  it("is refused by that schema where a count or a name is missing, or an attribute is nobody's", async () => {
    const xml = FORMATS.junit(reportsOf(), OPTIONS);
    for (const [part, other] of [
      [' errors="0" skipped', " skipped"],
      ["<testcase classname=", "<testcase class="],
      ["<testcase ", '<testcase line="1" '],
      ["</testsuites>", ""],
    ] as const) {
      expect(xml).toContain(part);
      expect(await junitFaults(xml.replace(part, other)), part).not.toEqual([]);
    }
  });

  it("stays valid whatever an input is called and says", async () => {
    const odd = "]]></testsuite>\u0000\u001b[31m\ud800\ufffe&#0;<!--";
    expect(
      await junitFaults(FORMATS.junit(reportsOf(`${CONF}ProxyPass "/${odd}" http://10.0.0.9:80\n`, odd), OPTIONS)),
    ).toEqual([]);
  });
});
