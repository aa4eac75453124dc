import type { SourcePlace } from "../vocabulary/place.js";
import type { ServerFile } from "../server-files/server-file.js";
import type { Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { LintReport } from "./diagnostic.js";
import { DEFAULT_PRESETS, rulesOf } from "./presets.js";
import type { Rule } from "./rule.js";
import { runRules } from "./run.js";
import { specText } from "./source-text.js";
import { acknowledgedIn } from "./suppression-topology.js";
import { viewOf } from "./view.js";

/** Where a topology comes from. */
export interface TopologySource {
  /** Name of the input in reports. */
  readonly path: string;
  /** Where the value of a pointer is written. @default - nowhere: findings carry pointers only */
  readonly locate?: (at: Pointer) => SourcePlace | undefined;
  /** The text of the spec, for excerpts. */
  readonly text?: string;
  /** @default - the rules of the presets recommended and security */
  readonly rules?: readonly Rule[];
  /** What servers' own files say beside it. @default - nothing */
  readonly beside?: readonly ServerFile[];
}

const DEFAULT_RULES: readonly Rule[] = rulesOf(DEFAULT_PRESETS);

/** Lints a topology that comes from a spec or from constructs. */
export function lintTopology(topology: Topology, source: TopologySource): LintReport {
  const { path, text, rules = DEFAULT_RULES, locate = () => undefined, beside = [] } = source;
  return runRules(
    {
      path,
      view: viewOf(topology, { beside }),
      locate,
      texts: new Map([
        ...beside.map((one) => [one.file, specText(one.text)] as const),
        ...(text === undefined ? [] : [[path, specText(text)] as const]),
      ]),
      suppressions: acknowledgedIn(topology, locate),
      before: [],
      repairable: () => false,
    },
    rules,
  );
}
