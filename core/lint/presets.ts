import { RULES } from "./rule-list.generated.js";
import type { Preset, Rule } from "./rule.js";

/** What each preset is for. */
export const PRESETS = {
  recommended: "what breaks requests, sessions or promises, or does not do what it says",
  security: "what lets somebody in, or shows what should be hidden",
  strict: "every rule: also what could be better",
} as const satisfies Record<Preset, string>;

/** Presets that are used when none is asked for. */
export const DEFAULT_PRESETS: readonly Preset[] = ["recommended", "security"];

/** The rules of some presets, each once, in the order of their ids. */
export function rulesOf(presets: readonly Preset[]): readonly Rule[] {
  return RULES.filter((rule) => presets.some((preset) => holds(preset, rule)));
}

/** The rules that run when none is asked for, without those that say what promises say: where those are judged anyway. */
export function rulesBesidePromises(): readonly Rule[] {
  return rulesOf(DEFAULT_PRESETS).filter(({ yields }) => yields !== true);
}

/** True for the words of {@link PRESETS}. */
export function isPreset(word: string): word is Preset {
  return Object.hasOwn(PRESETS, word);
}

function holds(preset: Preset, rule: Rule): boolean {
  return preset === "strict" || rule.presets.includes(preset);
}
