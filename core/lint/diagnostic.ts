import type { AcceptedFinding, Report, ReportedFinding } from "../report/report.js";
import type { MeantHttpd } from "../vocabulary/meant-httpd.js";
import type { Repair } from "./repair.js";
import type { SourceText } from "./source-text.js";

/** A finding of lint with its place in the source. */
export interface Diagnostic extends ReportedFinding {
  readonly repair: Repair | undefined;
}

/** A finding that somebody accepted. */
export interface SuppressedDiagnostic extends Diagnostic, AcceptedFinding {
  readonly repair: Repair | undefined;
}

/** What lint says about one input. */
export interface LintReport extends Report {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  readonly texts: ReadonlyMap<string, SourceText>;
  /** The input was not read, or not to its end; a finding says why. @default false */
  readonly unread?: boolean;
  /** The httpd that it is about. @default - the caller knows */
  readonly meant?: MeantHttpd;
}

/** By file, line, column and rule. */
export function compareDiagnostics(one: Placed, other: Placed): number {
  return (
    compare(one.place?.file ?? "", other.place?.file ?? "") ||
    (one.place?.line ?? 0) - (other.place?.line ?? 0) ||
    (one.place?.column ?? 0) - (other.place?.column ?? 0) ||
    compare(one.rule, other.rule)
  );
}

/** What findings are sorted by. */
type Placed = Pick<Diagnostic, "rule" | "place">;

/** By code point, the same on every machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
