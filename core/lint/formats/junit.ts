import { messageOf } from "../diagnostic.js";
import type { Diagnostic, LintReport } from "../diagnostic.js";
import type { Format } from "./format.js";

/** JUnit's XML: one suite an input, one failed case a finding; an input without findings is one passed case. */
export const junit: Format = (reports) => {
  const total = reports.reduce((sum, report) => sum + testsIn(report), 0);
  const failures = reports.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="httpd-balancer lint" tests="${total}" failures="${failures}">`,
    ...reports.flatMap(suite),
    `</testsuites>`,
    "",
  ].join("\n");
};

function testsIn({ diagnostics, suppressed }: LintReport): number {
  return Math.max(1, diagnostics.length) + suppressed.length;
}

function suite(report: LintReport): readonly string[] {
  const { input, diagnostics, suppressed } = report;
  return [
    `  <testsuite name="${escaped(input)}" tests="${testsIn(report)}" failures="${diagnostics.length}" skipped="${suppressed.length}">`,
    ...(diagnostics.length === 0 ? [`    <testcase classname="${escaped(input)}" name="no findings"/>`] : []),
    ...diagnostics.flatMap((found) => [
      opening(input, found),
      `      <failure type="${found.severity}" message="${escaped(`${found.subject}: ${found.found}`)}">${escaped(messageOf(found))}</failure>`,
      `    </testcase>`,
    ]),
    ...suppressed.flatMap((found) => [
      opening(input, found),
      `      <skipped message="${escaped(found.reason)}"/>`,
      `    </testcase>`,
    ]),
    `  </testsuite>`,
  ];
}

function opening(input: string, { place, rule }: Diagnostic): string {
  const file = place?.file ?? input;
  const at = place === undefined ? "" : `:${place.line}:${place.column}`;
  const line = place === undefined ? "" : ` line="${place.line}"`;
  return `    <testcase classname="${escaped(input)}" name="${escaped(`${rule} ${file}${at}`)}" file="${escaped(file)}"${line}>`;
}

/** Text of XML 1.0: markup is escaped, what XML has no way to write becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}
