import { codeSpan, markdownText } from "../markdown-text.js";
import { messageOf } from "../report.js";
import type { Report, ReportedFinding } from "../report.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format } from "./format.js";
import { severitySummary } from "./summary.js";

/** A table for a comment, one finding a row; nothing in it is markup, a mention or a link of the input. */
export const markdown: Format = (reports, { command, meant = [] }) => {
  const { error, warning, note } = severitySummary(reports);
  const rows = reports.flatMap((report) => report.diagnostics.map((found) => row(report, found)));
  const table =
    rows.length === 0 ? [] : ["", "| severity | rule | where | what |", "| --- | --- | --- | --- |", ...rows];
  const of = meant.flatMap((one) => ["", markdownText(meantText(one))]);
  return [
    `### httpd-balancer ${command}: ${error} errors, ${warning} warnings, ${note} notes`,
    ...of,
    ...table,
    "",
  ].join("\n");
};

function row({ input }: Report, found: ReportedFinding): string {
  const { place, pointer = "", rule, severity } = found;
  const where = place === undefined ? `${input}${pointer}` : `${place.file}:${place.line}`;
  const cell = { cell: true };
  return `| ${severity} | ${codeSpan(rule, cell)} | ${codeSpan(where, cell)} | ${markdownText(messageOf(found), cell)} |`;
}
