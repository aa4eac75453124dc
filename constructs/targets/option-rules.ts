import type { Problem } from "../../core/vocabulary/problem.js";
import { shown } from "../../core/vocabulary/shown.js";

/** What an option of a target may be. */
export interface OptionRule {
  /** Steps of the pointer to it, such as `limits/probe`. */
  readonly name: string;
  /** What messages call it. @default - its name */
  readonly called?: string;
  readonly value: string | number | undefined;
  readonly holds: (value: string | number) => boolean;
  readonly allowed: string;
  readonly fix: string;
}

/** What is wrong with the options of a target; one that is not given is right. */
export function brokenRules(target: string, rules: readonly OptionRule[]): readonly Problem[] {
  return rules.flatMap(({ name, called = name, value, holds, allowed, fix }): readonly Problem[] => {
    if (value === undefined || holds(value)) return [];
    return [{ at: `/${name}`, subject: `${called} of ${target}`, found: shown(value), allowed, fix }];
  });
}

/** Holds for a whole number from 1 on. */
export function wholeUpTo(most: number): OptionRule["holds"] {
  return (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
}

/** Holds for a text that an expression finds something in. */
export function matching(pattern: RegExp): OptionRule["holds"] {
  return (value) => pattern.test(String(value));
}
