import { sha256 } from "../topology/sha256.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Repair } from "./repair.js";
import type { Severity } from "./rule.js";
import type { SourceText } from "./source-text.js";

/** A finding with its place in the source: what reports show. */
export interface Diagnostic {
  /** Id of the rule; `configtest` for what httpd itself refuses. */
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
  readonly repair: Repair | undefined;
  /** The same for the same finding wherever its lines move. */
  readonly fingerprint: string;
}

/** A finding that somebody accepted. */
export interface SuppressedDiagnostic extends Diagnostic {
  readonly reason: string;
}

/** What lint says about one input. */
export interface LintReport {
  /** Path of the input as it was given. */
  readonly input: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  /** Texts of the files read, by name: for excerpts. */
  readonly texts: ReadonlyMap<string, SourceText>;
}

/** One sentence with all that is to be said. */
export function messageOf({
  subject,
  found,
  wanted,
  fix,
}: Pick<Diagnostic, "subject" | "found" | "wanted" | "fix">): string {
  return `${subject}: found ${found}. Wanted: ${wanted} To fix: ${fix}${fix.endsWith("?") ? "" : "."}`;
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

/** Gives each finding a fingerprint made of what it says; equal ones are counted in their order. */
export function fingerprinted(diagnostics: readonly Omit<Diagnostic, "fingerprint">[]): readonly Diagnostic[] {
  const seen = new Map<string, number>();
  return diagnostics.map((diagnostic) => {
    const identity = identityOf(diagnostic);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    const hash = sha256(new TextEncoder().encode(`${identity}\n${count}`));
    return { ...diagnostic, fingerprint: hash.slice(0, 32) };
  });
}

/** What a finding says, wherever its lines move: equal for findings that nothing but their place tells apart. */
export function identityOf({ rule, place, subject, found }: Omit<Diagnostic, "fingerprint">): string {
  return [rule, place?.file ?? "", subject, found.replace(/\bline [0-9]+/g, "line")].join("\n");
}

/** By code point, the same on every machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
