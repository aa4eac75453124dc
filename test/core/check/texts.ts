import type { Problem } from "../../../core/vocabulary/problem.js";

/** Problems as a test compares them: where, what was found, what is allowed. */
export function brief(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ at, found, allowed }) => `${at}: ${found} (${allowed})`);
}
