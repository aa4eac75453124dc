import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Severity } from "./severity.js";

/** Something found, with its place in the source: what every format shows. */
export interface ReportedFinding {
  /** Id of the rule or promise; `configtest` for what httpd itself refuses. */
  readonly rule: string;
  readonly severity: Severity;
  /** Where it is written, columns in UTF-16 code units; undefined where nothing is, as in a construct tree. */
  readonly place: SourcePlace | undefined;
  /** Characters of the line it takes, at least one. */
  readonly length: number;
  /** Part of the topology; undefined for what the topology has no word for. */
  readonly pointer: Pointer | undefined;
  readonly subject: string;
  readonly found: string;
  /** The rule's sentence of the wanted state. */
  readonly wanted: string;
  readonly fix: string;
  /** Where the other end of it is written. @default - there is no other end */
  readonly related?: readonly SourcePlace[];
  /** An edit that mends it, in the words of whoever makes it; undefined where there is none. */
  readonly repair: object | undefined;
  /** True when somebody has to look at that edit before it is made. @default - nobody has to */
  readonly unsafe?: true;
  /** The same for the same finding wherever its lines move. */
  readonly fingerprint: string;
}

/** A finding that somebody accepted. */
export interface AcceptedFinding extends ReportedFinding {
  readonly reason: string;
}

/** What a command found in one input. */
export interface Report {
  /** Path of the input as it was given. */
  readonly input: string;
  readonly diagnostics: readonly ReportedFinding[];
  readonly suppressed: readonly AcceptedFinding[];
  /** What was looked at and found right, where that has names. @default - nothing by name */
  readonly passed?: readonly string[];
  /** What is to be said of what passed: no finding, nothing fails by it. @default - nothing */
  readonly remarks?: readonly ReportedFinding[];
  /** Why nothing was looked at, where that is so: `no balancer and no ProxyPass`. @default - something was */
  readonly nothing?: string;
  /** Texts of the files read, by name: for excerpts. */
  readonly texts: ReadonlyMap<string, ReportedText>;
}

/** A file by lines, as people read it. */
export interface ReportedText {
  /** A line without its end, from 1; undefined behind the last one. */
  readonly line: (number: number) => string | undefined;
}

/** What a rule or promise is about: for formats that list their rules. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  /** The wanted state in one sentence. */
  readonly wanted: string;
  /** What happens otherwise. */
  readonly why: string;
  /** What it is about, in one word. */
  readonly group: string;
}

/** One sentence with all that is to be said. */
export function messageOf({
  subject,
  found,
  wanted,
  fix,
}: Pick<ReportedFinding, "subject" | "found" | "wanted" | "fix">): string {
  return `${subject}: found ${found}. Wanted: ${wanted} To fix: ${fix}${fix.endsWith("?") ? "" : "."}`;
}

/** What a reader of a report should see: what was found, then what is remarked. */
export function shownOf({ diagnostics, remarks = [] }: Report): readonly ReportedFinding[] {
  return [...diagnostics, ...remarks];
}
