import type { ReportedFinding } from "../report/report.js";
import type { ReviewedFinding } from "./report.js";

/** Findings by what became of them. */
export interface FindingsReview {
  readonly new: readonly ReportedFinding[];
  readonly fixed: readonly ReportedFinding[];
  readonly standing: number;
}

/**
 * Findings that are new, fixed, or in both, wherever their lines are now. Each finding has one partner at most: one
 * that says the same; else one of the same rule about the same subject, whose figures may be others.
 */
export function compareFindings(before: readonly ReportedFinding[], after: readonly ReportedFinding[]): FindingsReview {
  const exact = unpaired(before, after, ({ rule, subject, found }) =>
    [rule, subject, found.replace(/\bline [0-9]+/g, "line")].join("\n"),
  );
  const alike = unpaired(exact.before, exact.after, ({ rule, subject }) => `${rule}\n${subject}`);
  return { new: alike.after, fixed: alike.before, standing: after.length - alike.after.length };
}

interface Findings {
  readonly before: readonly ReportedFinding[];
  readonly after: readonly ReportedFinding[];
}

function unpaired(
  before: readonly ReportedFinding[],
  after: readonly ReportedFinding[],
  keyOf: (finding: ReportedFinding) => string,
): Findings {
  const left = new Map<string, number>();
  for (const finding of before) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  const alone = after.filter((finding) => !taken(left, keyOf(finding)));
  // Of several equal ones the last are those without a partner.
  const gone = before.toReversed().filter((finding) => taken(left, keyOf(finding)));
  return { before: gone.toReversed(), after: alone };
}

function taken(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

/** A finding as the report has it. */
export function reviewedFinding(finding: ReportedFinding): ReviewedFinding {
  const { rule, severity, place, subject, found, wanted, fix, fingerprint } = finding;
  return {
    rule,
    severity,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    subject,
    found,
    wanted,
    fix,
    fingerprint,
  };
}
