import { readParameter } from "../../../vocabulary/codec.js";
import type { ReadingContext } from "../../../vocabulary/reading.js";
import { SERVER_SETTINGS } from "../../../vocabulary/settings.js";
import type { Check } from "./call.js";

/** A check of the first word. */
export function word(complaintOf: (text: string) => string | undefined): Check {
  return (call) => complaintOf(call.words[0] ?? "");
}

/** One of a few words, any case. */
export function oneOf(values: readonly string[], complaint: string): Check {
  return word((text) => (values.includes(text.toLowerCase()) ? undefined : complaint));
}

/** A check by the range and with the sentence that the table of settings has. */
export function asInTable(setting: keyof typeof SERVER_SETTINGS): Check {
  return word((text) => {
    const reading = readParameter(SERVER_SETTINGS[setting], text, NOTHING_DEFINED);
    return reading.ok ? undefined : reading.message;
  });
}

/** Settings of a server name nothing that is defined elsewhere. */
const NOTHING_DEFINED: ReadingContext = {
  lbmethods: new Set(),
  healthCheckTemplates: new Set(),
  healthCheckExpressions: new Set(),
  ajp: false,
};
