import type { SourcePlace } from "../vocabulary/place.js";
import { fingerprinted } from "../report/fingerprint.js";
import { withoutSecrets } from "../report/secrets.js";
import { compareDiagnostics } from "./diagnostic.js";
import type { Diagnostic, LintReport } from "./diagnostic.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { FollowUp } from "./follow-ups.js";
import { ruleFindings } from "./findings-of.js";
import type { Finding, Rule } from "./rule.js";
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
  /** Findings that are there already, with places as people count them. @default - none */
  readonly placed?: readonly Omit<Diagnostic, "fingerprint">[];
  /** Findings that are there already: what httpd itself refuses. */
  readonly before: readonly Omit<Diagnostic, "fingerprint">[];
  /** Tells whether a finding only follows from what httpd refuses, and is not told beside it. @default - none does */
  readonly follows?: FollowUp;
  /** Tells whether a repair can be made at a place: in files of httpd, where no macro is written out. */
  readonly repairable: (place: SourcePlace | undefined) => boolean;
}

/** Runs rules over an input: located, suppressed where that was asked for, and sorted. */
export function runRules(input: LintInput, rules: readonly Rule[]): LintReport {
  const raw: Omit<Diagnostic, "fingerprint">[] = [];
  // Rules that yield come last, when it is known what the others say.
  const last = input.before.length > 0 ? [] : rules.filter(({ yields }) => yields === true);
  for (const rule of [...rules.filter(({ yields }) => yields !== true), ...last]) {
    for (const finding of ruleFindings(rule, input.view)) {
      const diagnostic = diagnosticOf(input, rule, finding);
      const { pointer } = diagnostic;
      if (rule.yields === true && raw.some((one) => one.pointer !== undefined && one.pointer === pointer)) continue;
      if (input.follows?.(rule, diagnostic.place) !== true) raw.push(diagnostic);
    }
  }
  const before = input.before.map((one) => ({ ...one, ...readable(input.texts, one.place, one.length) }));
  const sorted = fingerprinted([...(input.placed ?? []), ...before, ...raw].sort(compareDiagnostics));
  const { left, suppressed, complaints } = suppress(sorted, input.suppressions, new Set(rules.map(({ id }) => id)));
  const diagnostics = complaints.length === 0 ? left : [...left, ...complaints].sort(compareDiagnostics);
  return { input: input.path, diagnostics, suppressed, texts: input.texts };
}

function diagnosticOf(input: LintInput, rule: Rule, finding: Finding): Omit<Diagnostic, "fingerprint"> {
  const { at, subject, found, fix, related } = finding;
  const pointer = typeof at === "string" ? at : undefined;
  const spot = typeof at === "string" ? { place: input.locate(at), length: undefined } : at;
  const repair = input.repairable(spot.place) ? finding.repair : undefined;
  return {
    rule: rule.id,
    severity: finding.severity ?? rule.severity,
    ...readable(input.texts, spot.place, spot.length),
    pointer,
    subject: withoutSecrets(subject),
    found: withoutSecrets(found),
    wanted: rule.wanted,
    fix: withoutSecrets(fix),
    repair,
    ...(related === undefined ? {} : { related }),
    ...(rule.unsafe === true && repair !== undefined ? { unsafe: true } : {}),
  };
}

/** A place and a length as people count them. */
function readable(
  texts: ReadonlyMap<string, SourceText>,
  place: SourcePlace | undefined,
  length: number | undefined,
): Pick<Diagnostic, "place" | "length"> {
  const text = place === undefined ? undefined : texts.get(place.file);
  if (place === undefined || text === undefined) return { place, length: 1 };
  return text.stretch(place, length);
}
