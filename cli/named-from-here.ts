import { isAbsolute, relative } from "node:path";
import type { Report, ReportedFinding } from "../core/report/report.js";
import type { SourcePlace } from "../core/vocabulary/place.js";
import { isInside } from "./inside.js";

/**
 * A report in which files below a folder have their names from there. httpd has whole paths of what is included, and what
 * shows findings beside a change, such as GitHub, knows files of the repository only.
 */
export function namedFromHere(report: Report, folder: string): Report {
  const name = (file: string): string =>
    isAbsolute(file) && file !== folder && isInside(file, folder) ? relative(folder, file) : file;
  const placed = (place: SourcePlace): SourcePlace => ({ ...place, file: name(place.file) });
  const renamed = <Finding extends ReportedFinding>(finding: Finding): Finding => ({
    ...finding,
    place: finding.place && placed(finding.place),
    ...(finding.related === undefined ? {} : { related: finding.related.map(placed) }),
  });
  return {
    ...report,
    input: name(report.input),
    diagnostics: report.diagnostics.map(renamed),
    suppressed: report.suppressed.map(renamed),
    ...(report.remarks === undefined ? {} : { remarks: report.remarks.map(renamed) }),
    texts: new Map([...report.texts].map(([file, text]) => [name(file), text])),
  };
}
