import { messageOf } from "../report.js";
import type { Report, ReportedFinding } from "../report.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format } from "./format.js";
import { junitXml } from "./junit-xml.js";
import type { TestCase, TestSuite } from "./junit-xml.js";

/** JUnit's XML: one suite an input, one failed case a finding; an input without findings is one passed case. */
export const junit: Format = (reports, { command, meant = [] }) =>
  junitXml(
    `httpd-balancer ${command}`,
    reports.map((report) => suiteOf(report, meant.map(meantText))),
  );

function suiteOf({ input, diagnostics, suppressed, passed = [] }: Report, meant: readonly string[]): TestSuite {
  const clean = diagnostics.length === 0 && passed.length === 0 ? ["no findings"] : passed;
  return {
    name: input,
    ...(meant.length > 0 && { properties: { httpd: meant.join(", ") } }),
    cases: [
      ...clean.map((name): TestCase => ({ classname: input, name, outcome: "passed" })),
      ...diagnostics.map((found): TestCase => {
        const outcome = { failed: `${found.subject}: ${found.found}`, text: messageOf(found), type: found.severity };
        return { ...caseOf(input, found), outcome };
      }),
      ...suppressed.map((found): TestCase => ({ ...caseOf(input, found), outcome: { skipped: found.reason } })),
    ],
  };
}

/** Its place stands in the name, as a case has no attribute for it. */
function caseOf(input: string, { place, rule }: ReportedFinding): Omit<TestCase, "outcome"> {
  const at = place === undefined ? "" : `:${place.line}:${place.column}`;
  return { classname: input, name: `${rule} ${place?.file ?? input}${at}` };
}
