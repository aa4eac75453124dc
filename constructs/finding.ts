import type { Pointer, Problem } from "../core/vocabulary/problem.js";
import { problemText } from "../core/vocabulary/problem.js";

/** Something that is wrong (the synthesis fails) or worth knowing (an annotation of the construct). */
export interface SynthFinding {
  readonly level: "error" | "warning";
  /** Place in the topology that was checked. */
  readonly at: Pointer;
  readonly text: string;
}

/** What keeps a description from being written, as an error. */
export function problemFinding(problem: Problem): SynthFinding {
  return { level: "error", at: problem.at, text: problemText(problem) };
}
