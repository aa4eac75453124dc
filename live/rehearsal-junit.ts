import { answerText } from "../core/model/expectation.js";
import type { Scenario } from "../core/scenario/scenario.js";
import { xmlText } from "../core/vocabulary/xml-text.js";
import type { Rehearsal } from "./rehearse.js";
import { stepText } from "./step-text.js";

/** JUnit's XML: one case a step with requests; it fails where model and httpd differ or an expectation is broken. */
export function rehearsalJunit(scenario: Scenario, rehearsal: Rehearsal): string {
  const cases = scenario.steps.flatMap((step, index) =>
    "request" in step ? [{ name: `step ${index + 1}: ${stepText(step)}`, wrong: wrongIn(rehearsal, index + 1) }] : [],
  );
  const failed = cases.filter(({ wrong }) => wrong.length > 0).length;
  const counts = `tests="${cases.length}" failures="${failed}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="httpd-balancer rehearse" ${counts}>`,
    `  <testsuite name="${xmlText(rehearsal.httpd)}" ${counts}>`,
    ...cases.flatMap(({ name, wrong }) => {
      const opening = `    <testcase classname="rehearse" name="${xmlText(name)}"`;
      if (wrong.length === 0) return [`${opening}/>`];
      const [first = ""] = wrong;
      const failure = `      <failure message="${xmlText(first)}">${xmlText(wrong.join("\n"))}</failure>`;
      return [`${opening}>`, failure, "    </testcase>"];
    }),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function wrongIn({ requests, failures, timing }: Rehearsal, step: number): readonly string[] {
  const excuse = timing ? " (too close to the end of a retry or check)" : "";
  return [
    ...requests
      .filter((request) => request.step === step && !request.agrees)
      .map(({ request, model, real }) => {
        const told = (model.either ?? [model]).map(answerText).join(" or ");
        return `request ${request}: the model says ${told}; httpd gave ${answerText(real)}${excuse}`;
      }),
    ...failures.filter((failure) => failure.step === step).map(({ message }) => message),
  ];
}
