import type { Report } from "../report.js";
import type { Severity } from "../severity.js";

/** How many findings there are of each severity, over all reports. */
export function severitySummary(reports: readonly Report[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { diagnostics } of reports) for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}
