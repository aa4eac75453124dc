import type { Diagnostic, SuppressedDiagnostic } from "./diagnostic.js";
import { isRuleId, ruleMend } from "./known-rule.js";
import { isPromiseId } from "../promises/promise.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";

/** A wish that findings of a rule be accepted. */
export interface Suppression {
  /** Id of a rule. */
  readonly id: string;
  /** Why; without it nothing is suppressed. */
  readonly reason: string;
  /** Where it is written; undefined in a construct tree. */
  readonly place: SourcePlace | undefined;
  readonly covers: Coverage;
}

/** What a suppression is for. */
export type Coverage =
  /** Lines of a file, the last one included. */
  | { readonly kind: "lines"; readonly file: string; readonly from: number; readonly to: number }
  /** A part of the topology and all that is in it. */
  | { readonly kind: "part"; readonly at: Pointer };

/** Findings sorted by whether somebody accepted them, with what is wrong about the suppressions themselves. */
export interface Suppressed {
  readonly left: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  readonly complaints: readonly Diagnostic[];
}

/**
 * Applies suppressions.
 *
 * One that matches nothing is reported, if its rule ran; so is one without a reason or with an unknown rule.
 *
 * @param ran - ids of the rules that ran
 */
export function suppress(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  ran: ReadonlySet<string>,
): Suppressed {
  if (suppressions.length === 0) return { left: diagnostics, suppressed: [], complaints: [] };
  const used = new Set<Suppression>();
  const left: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const matching = suppressions.filter(({ id, covers }) => id === diagnostic.rule && isCovered(diagnostic, covers));
    for (const one of matching) used.add(one);
    const [reason] = matching.flatMap((one) => (one.reason === "" ? [] : [one.reason]));
    if (reason === undefined) left.push(diagnostic);
    else suppressed.push({ ...diagnostic, reason });
  }
  return { left, suppressed, complaints: suppressions.flatMap((one) => complaint(one, used.has(one), ran)) };
}

function isCovered({ place, pointer }: Diagnostic, covers: Coverage): boolean {
  if (covers.kind === "part") return pointer === covers.at || pointer?.startsWith(`${covers.at}/`) === true;
  return place !== undefined && place.file === covers.file && place.line >= covers.from && place.line <= covers.to;
}

function complaint(suppression: Suppression, used: boolean, ran: ReadonlySet<string>): readonly Diagnostic[] {
  const { id, reason } = suppression;
  if (!isRuleId(id)) {
    // Promises are acknowledged in the same list, and judged elsewhere.
    if (isPromiseId(id)) return [];
    return [about(suppression, "suppression-rule", `'${id}', which is no rule`, ruleMend(id))];
  }
  if (reason === "") {
    return [about(suppression, "suppression-reason", "no reason", "write why it is accepted behind 'because'")];
  }
  if (used || !ran.has(id)) return [];
  return [about(suppression, "suppression-unused", "nothing that it would suppress", "remove it")];
}

const WANTED = {
  "suppression-rule": "A suppression names a rule that exists.",
  "suppression-reason": "A suppression says why the finding is accepted.",
  "suppression-unused": "A suppression stands only where its rule finds something.",
} as const;

function about({ id, place, covers }: Suppression, rule: keyof typeof WANTED, found: string, fix: string): Diagnostic {
  return {
    rule,
    severity: "warning",
    place,
    length: 1,
    pointer: covers.kind === "part" ? covers.at : undefined,
    subject: `suppression of ${id}`,
    found,
    wanted: WANTED[rule],
    fix,
    repair: undefined,
    fingerprint: `${rule}:${id}`,
  };
}
