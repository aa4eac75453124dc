import { applyEdits } from "../conf/text/edit.js";
import type { Edit } from "../conf/text/edit.js";
import { withChangedTexts } from "../conf/run/changed-texts.js";
import type { Tree } from "../conf/text/tree.js";
import { identityOf } from "../report/fingerprint.js";
import type { Diagnostic, LintReport } from "./diagnostic.js";
import { lintSource } from "./lint-conf.js";
import type { LintedConf, LintedSource } from "./lint-conf.js";
import { DEFAULT_PRESETS, rulesOf } from "./presets.js";
import { reachChange } from "./reach.js";
import type { AccessChange } from "../route/access-change.js";
import { toUnicode } from "../httpd/bytes.js";
import { firstIndex } from "../vocabulary/place.js";
import { repairEdits } from "./repair-edits.js";
import type { Rule } from "./rule.js";

/** What fixing came to. */
export interface Fixed {
  /** New texts of the files that changed, one character a byte. */
  readonly texts: ReadonlyMap<string, string>;
  /** The findings that were repaired, in the order they were. */
  readonly repaired: readonly Diagnostic[];
  /** Repairs that somebody has to decide about, as they change who may reach what, or may. */
  readonly asked: readonly AskedRepair[];
  /** What was left out when it was shown that the repairs open nothing, in sentences. */
  readonly unfollowed: readonly string[];
}

/** A repair that was not made, and what it would do. */
export interface AskedRepair {
  readonly diagnostic: Diagnostic;
  /** The lines that it would write, without blanks around them. */
  readonly proposed: readonly string[];
  readonly change: AccessChange;
}

/** Rounds until nothing changes: a repair may uncover the next finding, or stand where another one has to. */
const MOST_ROUNDS = 100;

/**
 * Repairs what can be repaired mechanically, in the main file and in the files it includes: only the bytes that must
 * change. Findings that were accepted stay. A repair that does not take its finding away, after which httpd refuses more
 * than before, is not made; one that is not shown to leave closed what is closed to a stranger becomes a question.
 */
export function fixConf(
  options: LintedConf,
  rules: readonly Rule[] = rulesOf(DEFAULT_PRESETS),
  { unsafe = false }: FixOptions = {},
): Fixed {
  const fixing: Fixing = {
    options,
    rules,
    unsafe,
    texts: new Map(),
    hopeless: new Set(),
    asked: [],
    unfollowed: new Set(),
  };
  const repaired: Diagnostic[] = [];
  let linted = lintSource(options, rules);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const step = nextStep(fixing, linted);
    if (step === undefined) break;
    for (const [file, text] of step.texts) fixing.texts.set(file, text);
    repaired.push(...step.repaired);
    linted = step.linted;
  }
  return { texts: fixing.texts, repaired, asked: fixing.asked, unfollowed: [...fixing.unfollowed] };
}

/** Which repairs are made. */
export interface FixOptions {
  /** Those as well that can change who gets in, where a session goes or which backend is trusted. @default false */
  readonly unsafe?: boolean;
}

interface Fixing {
  readonly options: LintedConf;
  readonly rules: readonly Rule[];
  readonly unsafe: boolean;
  /** The texts that changed, as they are by now. */
  readonly texts: Map<string, string>;
  /** Fingerprints of findings whose repair was tried in vain. */
  readonly hopeless: Set<string>;
  readonly asked: AskedRepair[];
  readonly unfollowed: Set<string>;
}

interface Step extends Omit<Fixed, "asked" | "unfollowed"> {
  /** What is found afterwards. */
  readonly linted: LintedSource;
}

/** All repairs that do not touch each other, made at once; half of them at a time while that is no gain. */
function nextStep(fixing: Fixing, linted: LintedSource): Step | undefined {
  for (;;) {
    let attempt = apart(candidatesIn(linted, fixing));
    if (attempt.length === 0) return undefined;
    for (;;) {
      const step = stepOf(fixing, linted, attempt);
      const gain = isGain(linted.report, step);
      const reach = gain ? reachChange(linted.topology, step.linted.topology) : undefined;
      const change = reach?.change;
      if (reach !== undefined && change === undefined) {
        for (const sentence of reach.unfollowed) fixing.unfollowed.add(sentence);
        return step;
      }
      const [only] = attempt;
      if (only !== undefined && attempt.length === 1) {
        if (change !== undefined)
          fixing.asked.push({ diagnostic: only.diagnostic, proposed: linesOf(only, linted), change });
        break;
      }
      attempt = attempt.slice(0, Math.ceil(attempt.length / 2));
    }
    for (const { diagnostic } of attempt) fixing.hopeless.add(diagnostic.fingerprint);
  }
}

/** The lines of a file that a repair would change or add, as they would be. */
function linesOf({ file, edits }: Candidate, { trees }: LintedSource): readonly string[] {
  const before = trees.get(file)?.text ?? "";
  const known = new Set(before.split("\n"));
  const after = applyEdits(before, edits).split("\n");
  return after.filter((line) => !known.has(line)).map((line) => toUnicode(line.trim()));
}

function stepOf({ options, rules, texts }: Fixing, { trees }: LintedSource, attempt: readonly Candidate[]): Step {
  const changed = new Map<string, string>();
  for (const file of new Set(attempt.map((one) => one.file))) {
    const edits = attempt.filter((one) => one.file === file).flatMap((one) => one.edits);
    changed.set(file, applyEdits(trees.get(file)?.text ?? "", edits));
  }
  const after = withChangedTexts(options, new Map([...texts, ...changed]));
  const repaired = attempt.map(({ diagnostic }) => diagnostic);
  return { texts: changed, repaired, linted: lintSource(after, rules) };
}

/** True when httpd refuses no more than before, and every finding that was repaired is one less. */
function isGain(before: LintReport, { repaired, linted }: Step): boolean {
  if (refusals(linted.report) > refusals(before)) return false;
  const [had, left, made] = [before.diagnostics, linted.report.diagnostics, repaired].map(counted);
  return [...(made ?? [])].every(([identity, count]) => {
    return (left?.get(identity) ?? 0) <= (had?.get(identity) ?? 0) - count;
  });
}

function refusals({ diagnostics }: LintReport): number {
  return diagnostics.filter(({ rule }) => rule === "configtest").length;
}

function counted(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const identity = identityOf(diagnostic);
    counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  return counts;
}

interface Candidate {
  readonly diagnostic: Diagnostic;
  readonly file: string;
  readonly edits: readonly Edit[];
}

function candidatesIn({ report, locate, trees }: LintedSource, { hopeless, unsafe }: Fixing): readonly Candidate[] {
  const treeOf = (file: string): Tree | undefined => trees.get(file);
  return report.diagnostics.flatMap((diagnostic) => {
    if (diagnostic.repair === undefined || hopeless.has(diagnostic.fingerprint)) return [];
    if (diagnostic.unsafe === true && !unsafe) return [];
    const made = repairEdits(diagnostic.repair, { locate, treeOf });
    return made === undefined || made.edits.length === 0 ? [] : [{ diagnostic, ...made }];
  });
}

/** Candidates whose edits neither overlap nor touch: the first of each place. */
function apart(candidates: readonly Candidate[]): readonly Candidate[] {
  const taken = new Map<string, Edit[]>();
  return candidates.filter(({ file, edits }) => {
    const others = taken.get(file) ?? [];
    if (edits.some((edit) => touches(others, edit))) return false;
    for (const edit of edits) others.splice(firstFrom(others, edit.start), 0, edit);
    taken.set(file, others);
    return true;
  });
}

/** @param others - apart from each other, by their starts */
function touches(others: readonly Edit[], { start, end }: Edit): boolean {
  const next = firstFrom(others, start);
  const [before, behind] = [others[next - 1], others[next]];
  return (before !== undefined && before.end >= start) || (behind !== undefined && behind.start <= end);
}

/** Index of the first edit that starts at an offset or behind it. */
function firstFrom(edits: readonly Edit[], offset: number): number {
  return firstIndex(edits.length, (index) => (edits[index]?.start ?? 0) >= offset);
}
