import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { Subject } from "./place.js";

const CONTROL = /[\u0000-\u001f\u007f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Text that cannot be written into an httpd.conf as one word: httpd ends the line at control characters and replaces
 * `${NAME}` before it looks at quotes, so that no quoting helps.
 */
export function checkText(value: unknown, { at, subject }: Subject): readonly Problem[] {
  const problem = (allowed: string, fix: string): readonly Problem[] => [
    { at, subject, found: shown(value), allowed, fix },
  ];
  if (typeof value !== "string" || value === "") return problem("text", "give a text, or leave it out");
  if (CONTROL.test(value)) {
    return problem("text without control characters", "remove them: httpd would end the line or the value there");
  }
  if (value.includes("${")) {
    return problem("text without '${'", "write the value itself: httpd would replace ${NAME} by a variable");
  }
  if (LONE_SURROGATE.test(value)) return problem("well-formed Unicode text", "remove the broken character");
  return [];
}

/** As {@link checkText}, and the whole text has to match. */
export function checkPattern(
  value: unknown,
  place: Subject,
  expected: { readonly pattern: RegExp; readonly allowed: string; readonly fix: string },
): readonly Problem[] {
  const unsafe = checkText(value, place);
  if (unsafe.length > 0 || typeof value !== "string" || expected.pattern.test(value)) return unsafe;
  return [{ ...place, found: shown(value), allowed: expected.allowed, fix: expected.fix }];
}
