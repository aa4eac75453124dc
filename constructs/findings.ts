import { AnnotationMetadataEntryType } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { checkTopology } from "../core/topology/check.js";
import type { Topology } from "../core/topology/topology.js";
import { problemText } from "../core/vocabulary/problem.js";
import type { Pointer } from "../core/vocabulary/problem.js";

/** Something that is wrong (the synthesis fails) or worth knowing (an annotation of the construct). */
export interface Finding {
  readonly level: "error" | "warning";
  /** Place in the topology that was checked. */
  readonly at: Pointer;
  readonly text: string;
}

/** Looks at a whole description. */
type Checker = (topology: Topology) => readonly Finding[];

/** Every checker that runs at synth, in the order its findings are shown. */
const CHECKERS: readonly Checker[] = [
  (topology) =>
    checkTopology(topology).map((problem) => ({ level: "error", at: problem.at, text: problemText(problem) })),
];

const WATCHED = new WeakMap<IConstruct, () => readonly Finding[]>();

/** What every checker finds in a description. */
export function findingsOf(topology: Topology): readonly Finding[] {
  return CHECKERS.flatMap((check) => check(topology));
}

/** Fails the synthesis with the construct's path when errors are found, and annotates it with warnings. */
export function watch(construct: Construct, findings: () => readonly Finding[]): void {
  WATCHED.set(construct, findings);
  construct.node.addValidation({
    validate: () =>
      findings()
        .filter(({ level }) => level === "error")
        .map(({ text }) => text),
  });
}

/** Puts the warnings of a watched construct where `cdktf synth` prints them; once each, and without a stack trace. */
export function annotate(construct: IConstruct): void {
  const known = new Set(construct.node.metadata.map(({ data }) => data as unknown));
  for (const { level, text } of WATCHED.get(construct)?.() ?? []) {
    if (level === "warning" && !known.has(text)) construct.node.addMetadata(AnnotationMetadataEntryType.WARN, text);
  }
}
