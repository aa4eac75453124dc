import type { SourcePlace } from "../conf/read/statement.js";
import { compareDiagnostics, fingerprinted } from "./diagnostic.js";
import type { Diagnostic, LintReport } from "./diagnostic.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Finding, Rule } from "./rule.js";
import { withoutSecrets } from "./secrets.js";
import type { SourceText } from "./source-text.js";
import { suppress } from "./suppress.js";
import type { Suppression } from "./suppress.js";
import type { View } from "./view.js";

/** What is linted: a prepared view that knows where it is written. */
export interface LintInput {
  /** Path of the input as it was given. */
  readonly path: string;
  readonly view: View;
  readonly locate: (at: Pointer) => SourcePlace | undefined;
  /** Texts of the files read, by name. */
  readonly texts: ReadonlyMap<string, SourceText>;
  readonly suppressions: readonly Suppression[];
  /** Findings that are there already: what httpd itself refuses. */
  readonly before: readonly Omit<Diagnostic, "fingerprint">[];
  /** True where repairs can be made: in files of httpd. */
  readonly repairable: boolean;
}

/** Runs rules over an input: located, suppressed where that was asked for, and sorted. */
export function runRules(input: LintInput, rules: readonly Rule[]): LintReport {
  const raw = rules.flatMap((rule) =>
    Array.from(rule.check(input.view), (finding) => diagnosticOf(input, rule, finding)),
  );
  const sorted = fingerprinted([...input.before, ...raw].sort(compareDiagnostics));
  const { left, suppressed, complaints } = suppress(sorted, input.suppressions, new Set(rules.map(({ id }) => id)));
  const diagnostics = complaints.length === 0 ? left : [...left, ...complaints].sort(compareDiagnostics);
  return { input: input.path, diagnostics, suppressed, texts: input.texts };
}

function diagnosticOf(input: LintInput, rule: Rule, finding: Finding): Omit<Diagnostic, "fingerprint"> {
  const { at, subject, found, fix, repair } = finding;
  const pointer = typeof at === "string" ? at : undefined;
  const place = typeof at === "string" ? input.locate(at) : at.place;
  return {
    rule: rule.id,
    severity: rule.severity,
    place,
    length: typeof at === "string" ? lengthAt(input.texts, place) : Math.max(1, at.length),
    pointer,
    subject: withoutSecrets(subject),
    found: withoutSecrets(found),
    wanted: rule.wanted,
    fix: withoutSecrets(fix),
    repair: input.repairable ? repair : undefined,
  };
}

/** Characters up to the next blank: the word that stands there. */
function lengthAt(texts: ReadonlyMap<string, SourceText>, place: SourcePlace | undefined): number {
  const line = place === undefined ? undefined : texts.get(place.file)?.line(place.line);
  if (place === undefined || line === undefined) return 1;
  return Math.max(1, /^\S*/.exec(line.slice(place.column - 1))?.[0].length ?? 1);
}
