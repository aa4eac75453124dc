import { answerText } from "../core/model/expectation.js";
import { expectationReport, EXPECTATION_TEXTS } from "../core/model/expectation-report.js";
import type { ScenarioSource } from "../core/model/expectation-report.js";
import { fingerprinted } from "../core/report/fingerprint.js";
import type { Report, RuleText } from "../core/report/report.js";
import type { Scenario } from "../core/scenario/scenario.js";
import { junitXml } from "../core/report/formats/junit-xml.js";
import type { TestCase } from "../core/report/formats/junit-xml.js";
import type { Rehearsal, RehearsedRequest } from "./rehearse.js";
import { stepText } from "./step-text.js";

const WANTED = "httpd answers as the model says.";

/** What a rehearsal may find, as formats list their rules. */
export const REHEARSAL_TEXTS: readonly RuleText[] = [
  ...EXPECTATION_TEXTS,
  { id: "rehearsal", severity: "error", wanted: WANTED, why: WANTED, group: "scenario" },
];

/** A rehearsal as a report: requests that httpd answered otherwise, and expectations it did not meet. */
export function rehearsalReport(source: ScenarioSource, rehearsal: Rehearsal): Report {
  const expected = expectationReport(source, rehearsal.failures);
  const differing = rehearsal.requests.filter(({ agrees }) => !agrees);
  const wrong = new Set(differing.map(({ step }) => `step ${step}`));
  const findings = differing.map((request) => ({
    rule: "rehearsal",
    severity: "error" as const,
    place: { file: source.file, line: source.lineOf(request.step), column: 1 },
    length: 1,
    pointer: undefined,
    subject: `request ${request.request} of step ${request.step}`,
    found: difference(request, rehearsal),
    wanted: WANTED,
    fix: "report what the model does not know, with both files",
    repair: undefined,
  }));
  return {
    ...expected,
    diagnostics: [...fingerprinted(findings), ...expected.diagnostics],
    passed: (expected.passed ?? []).filter((name) => !wrong.has(name)),
  };
}

/** JUnit's XML: one case a step with requests; it fails where model and httpd differ or an expectation is broken. */
export function rehearsalJunit(scenario: Scenario, rehearsal: Rehearsal): string {
  const cases = scenario.steps.flatMap((step, index): readonly TestCase[] => {
    if (!("request" in step)) return [];
    const wrong = wrongIn(rehearsal, index + 1);
    const [failed] = wrong;
    const name = `step ${index + 1}: ${stepText(step)}`;
    return [
      { classname: "rehearse", name, outcome: failed === undefined ? "passed" : { failed, text: wrong.join("\n") } },
    ];
  });
  return junitXml("httpd-balancer rehearse", [{ name: rehearsal.httpd, cases }]);
}

function wrongIn(rehearsal: Rehearsal, step: number): readonly string[] {
  return [
    ...rehearsal.requests
      .filter((request) => request.step === step && !request.agrees)
      .map((request) => `request ${request.request}: ${difference(request, rehearsal)}`),
    ...rehearsal.failures.filter((failure) => failure.step === step).map(({ message }) => message),
  ];
}

function difference({ model, real }: RehearsedRequest, { timing }: Rehearsal): string {
  const told = (model.either ?? [model]).map(answerText).join(" or ");
  const excuse = timing ? " (too close to the end of a retry or check)" : "";
  return `the model says ${told}; httpd gave ${answerText(real)}${excuse}`;
}
