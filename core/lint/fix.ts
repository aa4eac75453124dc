import { configtest } from "../conf/configtest.js";
import { applyEdits } from "../conf/edit.js";
import type { Edit } from "../conf/edit.js";
import type { ExpandOptions } from "../conf/expand.js";
import type { Tree } from "../conf/tree.js";
import type { Diagnostic } from "./diagnostic.js";
import { lintSource } from "./lint-conf.js";
import { DEFAULT_PRESETS, rulesOf } from "./presets.js";
import { editsOf } from "./repair-edits.js";
import type { Rule } from "./rule.js";

/** What fixing came to. */
export interface Fixed {
  /** New texts of the files that changed, one character a byte. */
  readonly texts: ReadonlyMap<string, string>;
  /** The findings that were repaired, in the order they were. */
  readonly repaired: readonly Diagnostic[];
}

/** Rounds until nothing changes: a repair may uncover the next finding. */
const MOST_ROUNDS = 30;

/**
 * Repairs what can be repaired mechanically, in the main file and in the files it includes: only the bytes that must
 * change. Findings that were accepted stay. A repair after which httpd refuses more than before is not made.
 */
export function fixConf(options: ExpandOptions, rules: readonly Rule[] = rulesOf(DEFAULT_PRESETS)): Fixed {
  const texts = new Map<string, string>();
  const repaired: Diagnostic[] = [];
  const given = up(options, texts);
  const hopeless = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = firstRepair(given(), rules, hopeless);
    if (next === undefined) break;
    for (const [file, text] of next.texts) texts.set(file, text);
    repaired.push(...next.repaired);
  }
  return { texts, repaired };
}

/** The options with the texts as they are by now. */
function up(options: ExpandOptions, texts: ReadonlyMap<string, string>): () => ExpandOptions {
  const readText = (path: string): string | undefined => texts.get(path) ?? options.reader.readText(path);
  return () => ({
    ...options,
    text: texts.get(options.path) ?? options.text,
    reader: { ...options.reader, readText },
  });
}

/** One round: all repairs that do not touch each other, made at once; one by one where httpd then refuses more. */
function firstRepair(options: ExpandOptions, rules: readonly Rule[], hopeless: Set<string>): Fixed | undefined {
  const { report, locate, trees } = lintSource(options, rules);
  const treeOf = (file: string): Tree | undefined => trees.get(file);
  const candidates = report.diagnostics.flatMap((diagnostic) => {
    if (diagnostic.repair === undefined || hopeless.has(diagnostic.fingerprint)) return [];
    const made = editsOf(diagnostic.repair, { locate, treeOf });
    return made === undefined || made.edits.length === 0 ? [] : [{ diagnostic, ...made }];
  });
  const chosen = apart(candidates);
  if (chosen.length === 0) return undefined;
  for (const attempt of [chosen, ...chosen.map((one) => [one])]) {
    const texts = new Map(
      [...new Set(attempt.map(({ file }) => file))].map((file) => {
        const edits = attempt.filter((one) => one.file === file).flatMap((one) => one.edits);
        return [file, applyEdits(trees.get(file)?.text ?? "", edits)];
      }),
    );
    if (!refusesMore(options, texts)) return { texts, repaired: attempt.map(({ diagnostic }) => diagnostic) };
    for (const { diagnostic } of attempt.length === 1 ? attempt : []) hopeless.add(diagnostic.fingerprint);
  }
  return undefined;
}

interface Candidate {
  readonly diagnostic: Diagnostic;
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** Candidates whose edits neither overlap nor say the same twice: the first of each place. */
function apart(candidates: readonly Candidate[]): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.every((other) => other.file !== candidate.file || !clash(other.edits, candidate.edits))) {
      chosen.push(candidate);
    }
  }
  return chosen;
}

function clash(some: readonly Edit[], others: readonly Edit[]): boolean {
  return some.some((one) =>
    others.some((other) => {
      if (one.text !== "" && one.text.trim() === other.text.trim()) return true;
      return one.start <= other.end && other.start <= one.end;
    }),
  );
}

/** True when httpd accepted the files and does not any more. */
function refusesMore(options: ExpandOptions, texts: ReadonlyMap<string, string>): boolean {
  if (configtest(options).error !== undefined) return false;
  return configtest(up(options, texts)()).error !== undefined;
}
