import type { SpecRefusal } from "../core/spec/read-spec.js";
import { problemText } from "../core/vocabulary/problem.js";
import type { PlacedProblem } from "../core/vocabulary/problem.js";
import { RejectedError, UnusableError } from "./io.js";

/** How a command ends with a spec that is wrong: what is no YAML could not be read, everything else was and is refused. */
export function refusedSpec({ problems, wellFormed }: SpecRefusal): Error {
  const sentences = problems.map(problemLine).join("\n");
  return wellFormed ? new RejectedError(sentences) : new UnusableError(sentences);
}

/** A problem as a line of text, behind its place. */
export function problemLine(problem: PlacedProblem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problemText(problem)}`;
}
