import { messageOf } from "../report/report.js";
import type { Severity } from "../report/severity.js";
import type { Diagnostic, LintReport } from "../lint/diagnostic.js";
import { toUnicode } from "../httpd/bytes.js";
import { fixConf } from "../lint/fix.js";
import { lintConf } from "../lint/lint-conf.js";
import { lintTopology } from "../lint/lint-topology.js";
import { DEFAULT_PRESETS, rulesOf } from "../lint/presets.js";
import type { Preset } from "../lint/rule.js";
import type { Topology } from "../topology/topology.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";
import { expandable } from "./configtest.js";
import type { HttpdConfOptions } from "./configtest.js";

/** Which rules are asked. */
export interface LintOptions {
  /** @default ["recommended", "security"] */
  readonly presets?: readonly Preset[];
}

/** What a rule found. */
export interface LintFinding {
  /** Id of the rule; `configtest` for what httpd itself refuses. */
  readonly rule: string;
  readonly severity: Severity;
  /** Subject, what was found, what is wanted and the fix, in one sentence. */
  readonly message: string;
  /** Where it is written; absent for a topology, which has no lines. */
  readonly place?: SourcePlace;
  /** Part of the topology; absent for what the topology has no word for. */
  readonly pointer?: Pointer;
  /** Why it is accepted. */
  readonly accepted?: string;
}

/** What httpd lets through and will regret, the accepted findings last. */
export function lint(topology: Topology, options: LintOptions = {}): readonly LintFinding[] {
  return findingsOf(lintTopology(topology, { path: "", rules: rulesOf(options.presets ?? DEFAULT_PRESETS) }));
}

/** The same of an httpd.conf, and what httpd refuses in it. */
export function lintHttpdConf(text: string, options: HttpdConfOptions & LintOptions = {}): readonly LintFinding[] {
  const { presets = DEFAULT_PRESETS, ...conf } = options;
  return findingsOf(lintConf(expandable(text, conf), rulesOf(presets)));
}

/** What repairs made of an httpd.conf. */
export interface HttpdConfRepair {
  /** New texts of the files that changed, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** What was repaired. */
  readonly repaired: readonly LintFinding[];
  /** What is left to somebody who knows what is meant: the repair could change who may reach what. */
  readonly asked: readonly LintFinding[];
}

/** Which findings are repaired. */
export interface RepairOptions extends LintOptions {
  /** Those as well that can change who gets in, where a session goes or which backend is trusted. @default false */
  readonly unsafe?: boolean;
}

/** Repairs of an httpd.conf and of what it includes what can be repaired mechanically; all other bytes stay. */
export function fixHttpdConf(text: string, options: HttpdConfOptions & RepairOptions = {}): HttpdConfRepair {
  const { presets = DEFAULT_PRESETS, unsafe = false, ...conf } = options;
  const fixed = fixConf(expandable(text, conf), rulesOf(presets), { unsafe });
  return {
    files: new Map([...fixed.texts].map(([name, bytes]) => [name, toUnicode(bytes)])),
    repaired: fixed.repaired.map(findingOf),
    asked: fixed.asked.map(({ diagnostic }) => findingOf(diagnostic)),
  };
}

function findingsOf({ diagnostics, suppressed }: LintReport): readonly LintFinding[] {
  return [
    ...diagnostics.map(findingOf),
    ...suppressed.map(({ reason, ...diagnostic }) => ({ ...findingOf(diagnostic), accepted: reason })),
  ];
}

function findingOf(diagnostic: Diagnostic): LintFinding {
  const { rule, severity, place, pointer } = diagnostic;
  const message = messageOf(diagnostic);
  return { rule, severity, message, ...(place && { place }), ...(pointer !== undefined && { pointer }) };
}
