import { htmlPage, htmlText } from "../html-page.js";
import { messageOf } from "../report.js";
import type { Report, ReportedFinding } from "../report.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format } from "./format.js";
import { severitySummary } from "./summary.js";

/** A page by itself with one row a finding. */
export const html: Format = (reports, { command, meant = [] }) => {
  const { error, warning, note } = severitySummary(reports);
  const title = `httpd-balancer ${command}: ${error} errors, ${warning} warnings, ${note} notes`;
  const rows = reports.flatMap((report) => report.diagnostics.map((found) => row(report, found)));
  const table = [
    '<div class="scroll" tabindex="0"><table>',
    '<tr><th scope="col">severity</th><th scope="col">rule</th><th scope="col">where</th><th scope="col">what</th></tr>',
    ...rows,
    "</table></div>",
  ];
  const of = meant.map((one) => `<p class="soft">${htmlText(meantText(one))}</p>`);
  return htmlPage({ title, body: [`<h1>${htmlText(title)}</h1>`, ...of, ...(rows.length === 0 ? [] : table)] });
};

function row({ input }: Report, found: ReportedFinding): string {
  const { place, pointer = "", rule, severity } = found;
  const where = place === undefined ? `${input}${pointer}` : `${place.file}:${place.line}`;
  const cells = [severity, rule, where, messageOf(found)].map((text) => `<td>${htmlText(text)}</td>`);
  return `<tr>${cells.join("")}</tr>`;
}
