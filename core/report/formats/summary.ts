import { harmless } from "../harmless.js";
import type { Report } from "../report.js";
import type { Severity } from "../severity.js";

/** How many findings there are of each severity, over all reports. */
export function severitySummary(reports: readonly Report[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { diagnostics } of reports) for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

/** What is said without findings: nothing that was looked at is no findings; nothing to look at is not. */
export function withoutFindings(reports: readonly Report[]): string {
  const unseen = reports.filter(({ nothing }) => nothing !== undefined);
  return reports.length > 0 && unseen.length === reports.length ? "nothing was looked at" : "no findings";
}

/** Why nothing was looked at, a line an input. */
export function nothingRead(reports: readonly Report[]): readonly string[] {
  return reports.flatMap(({ input, nothing }) => (nothing === undefined ? [] : [harmless(`${input}: ${nothing}`)]));
}
