import type { Runbook, RunbookStep } from "./step.js";

/** A runbook as a checklist. */
export function runbookText({ operation, cluster, steps, notes }: Runbook): string {
  const lines = steps.flatMap(({ step, serving, survivesOneMore }, index) => {
    const shares = serving.map(({ member, share }) => `${member} ${(100 * share).toFixed(1)} %`).join(", ");
    const margin = survivesOneMore ? "" : "; one more failure now may refuse requests";
    return [`${String(index + 1).padStart(3)}. ${step.text}`, `     serving: ${shares}${margin}`, ...inverseText(step)];
  });
  return [`${operation} of ${cluster}`, ...notes.map((note) => `  ${note}`), "", ...lines, ""].join("\n");
}

function inverseText(step: RunbookStep): readonly string[] {
  if (step.kind === "set") {
    const { status, loadfactor } = step.inverse;
    return [`     to take it back: ${status === undefined ? `load factor ${loadfactor ?? 1}` : `status ${status}`}`];
  }
  return step.kind === "backend" ? [`     to take it back: ${step.inverse} it`] : [];
}
