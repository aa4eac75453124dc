import { jsonText } from "../json-text.js";
import { messageOf } from "../report.js";
import type { ReportedFinding } from "../report.js";
import type { JsonValue } from "../../vocabulary/json.js";
import type { Format } from "./format.js";
import { severitySummary } from "./summary.js";

/** One document: findings, what was allowed and why, and counts. */
export const json: Format = (reports, { meant = [] }) => {
  const findings = reports.flatMap(({ diagnostics }) => diagnostics.map(findingJson));
  const suppressed = reports.flatMap((report) =>
    report.suppressed.map((found) => ({ ...findingJson(found), reason: found.reason })),
  );
  const httpd = meant.length === 0 ? {} : { httpd: meant.map(({ version }) => version).join(", ") };
  return jsonText({ findings, suppressed, summary: severitySummary(reports), ...httpd }, 2);
};

function findingJson(diagnostic: ReportedFinding): Readonly<Record<string, JsonValue>> {
  const {
    unsafe = false,
    rule,
    severity,
    place,
    pointer,
    subject,
    found,
    wanted,
    fix,
    repair,
    fingerprint,
    length,
    related = [],
  } = diagnostic;
  return {
    rule,
    severity,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    endColumn: place === undefined ? null : place.column + length,
    pointer: pointer ?? null,
    message: messageOf(diagnostic),
    subject,
    found,
    wanted,
    fix,
    fixable: repair !== undefined,
    unsafe,
    fingerprint,
    ...(related.length > 0 && { related: related.map(({ file, line, column }) => ({ file, line, column })) }),
  };
}
