import type { Check } from "./call.js";

/** A check of the first word. */
export function word(complaintOf: (text: string) => string | undefined): Check {
  return (call) => complaintOf(call.words[0] ?? "");
}

/** One of a few words, any case. */
export function oneOf(values: readonly string[], complaint: string): Check {
  return word((text) => (values.includes(text.toLowerCase()) ? undefined : complaint));
}
