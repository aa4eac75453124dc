import { wrapped } from "../../report/wrap.js";
import type { SetStep } from "../../scenario/steps.js";
import { shortName } from "../../topology/short-name.js";
import type { ProvenStep, Runbook, RunbookStep } from "./step.js";

/** In front of what is said of a step. */
const BELOW = "     ";

/**
 * A runbook as a checklist. Who serves is said where a step changes it.
 *
 * @param width - characters of a line of the terminal. @default - lines are not broken
 */
export function runbookText({ operation, cluster, steps, notes, undo }: Runbook, width?: number): string {
  const say = (sentence: string, indent: string, hanging = indent): readonly string[] =>
    wrapped(sentence, { width, indent, hanging });
  const numbered = ({ text }: RunbookStep, index: number): readonly string[] =>
    say(text, `${String(index + 1).padStart(3)}. `, BELOW);
  let before = "";
  const lines = steps.flatMap((proven, index) => {
    const serving = servingText(proven);
    const isNew = serving !== before;
    before = serving;
    const below = [...(isNew ? [serving] : []), ...inverseText(proven.step)];
    return [...numbered(proven.step, index), ...below.flatMap((sentence) => say(sentence, BELOW, `${BELOW}  `))];
  });
  const way =
    undo.length === 0 ? [] : ["", "To take everything back, from any step on (--undo):", ...undo.flatMap(numbered)];
  const head = notes.flatMap((note) => say(note, "  - ", "    "));
  return [`${operation} of ${cluster}`, ...head, "", ...lines, ...way, ""].join("\n");
}

function servingText({ serving, survivesOneMore }: ProvenStep): string {
  const shares = serving.map(({ member, share }) => `${shortName(member)} ${(100 * share).toFixed(1)} %`).join(", ");
  const margin = survivesOneMore ? "one more may fail" : "one more failure may refuse requests";
  return `from here on: ${shares} of new requests; ${margin}`;
}

function inverseText(step: RunbookStep): readonly string[] {
  if (step.kind === "set") return [`to take it back: ${settingsText(step.inverse)}`];
  return step.kind === "backend" ? [`to take it back: ${step.inverse} it`] : [];
}

function settingsText(set: SetStep): string {
  const words = Object.entries(set).flatMap(([key, value]) =>
    key === "balancer" || key === "member" || value === "" ? [] : [`${WORDS[key] ?? key} ${String(value)}`],
  );
  return words.length === 0 ? "nothing to do" : words.join(", ");
}

const WORDS: Readonly<Record<string, string>> = { loadfactor: "load factor" };
