import type { SetStep } from "../../scenario/steps.js";
import type { Runbook, RunbookStep } from "./step.js";

/** A runbook as a checklist. */
export function runbookText({ operation, cluster, steps, notes, undo }: Runbook): string {
  const lines = steps.flatMap(({ step, serving, survivesOneMore }, index) => {
    const shares = serving.map(({ member, share }) => `${member} ${(100 * share).toFixed(1)} %`).join(", ");
    const margin = survivesOneMore ? "" : "; one more failure now may refuse requests";
    return [`${String(index + 1).padStart(3)}. ${step.text}`, `     serving: ${shares}${margin}`, ...inverseText(step)];
  });
  const back = undo.map((step, index) => `${String(index + 1).padStart(3)}. ${step.text}`);
  const way = back.length === 0 ? [] : ["", "To take everything back, from any step on (--undo):", ...back];
  return [`${operation} of ${cluster}`, ...notes.map((note) => `  ${note}`), "", ...lines, ...way, ""].join("\n");
}

function inverseText(step: RunbookStep): readonly string[] {
  if (step.kind === "set") return [`     to take it back: ${settingsText(step.inverse)}`];
  return step.kind === "backend" ? [`     to take it back: ${step.inverse} it`] : [];
}

function settingsText(set: SetStep): string {
  const words = Object.entries(set).flatMap(([key, value]) =>
    key === "balancer" || key === "member" || value === "" ? [] : [`${WORDS[key] ?? key} ${String(value)}`],
  );
  return words.length === 0 ? "nothing to do" : words.join(", ");
}

const WORDS: Readonly<Record<string, string>> = { loadfactor: "load factor" };
