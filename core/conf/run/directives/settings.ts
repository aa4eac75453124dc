import { readParameter } from "../../../vocabulary/codec.js";
import type { Parameter } from "../../../vocabulary/parameter.js";
import type { ReadingContext } from "../../../vocabulary/reading.js";
import { SERVER_SETTINGS } from "../../../vocabulary/settings.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import { valueMend } from "../../../vocabulary/value-mend.js";
import type { Check } from "./call.js";

/** A check of the first word. */
export function word(complaintOf: (text: string) => Objection): Check {
  return (call) => complaintOf(call.words[0] ?? "");
}

/**
 * One of a few words, any case.
 *
 * @param sentence - httpd's about others
 * @param mend - what to write instead of them
 */
export function oneOf(values: readonly string[], sentence: string, mend: string): Check {
  return word((text) => (values.includes(text.toLowerCase()) ? undefined : refused(sentence, mend, text)));
}

/** A check by the range and with the sentence that the table of settings has. */
function asInTable(setting: keyof typeof SERVER_SETTINGS): Check {
  return word((text) => {
    const parameter = SERVER_SETTINGS[setting];
    const reading = readParameter(parameter, text, NOTHING_DEFINED);
    if (reading.ok) return undefined;
    return refused(reading.message, valueMend(parameter, text, NOTHING_DEFINED, written(parameter, setting)), text);
  });
}

/**
 * Checks of all settings whose values the table judges as httpd does: flags are judged by their arity, and a setting
 * without a sentence is refused by nobody. What httpd judges in another way has a check of its own beside these.
 */
export const SETTINGS_IN_TABLE: Readonly<Record<string, Check>> = Object.fromEntries(
  (Object.keys(SERVER_SETTINGS) as readonly (keyof typeof SERVER_SETTINGS)[])
    .filter((setting) => SERVER_SETTINGS[setting].kind !== "flag" && SERVER_SETTINGS[setting].error !== "")
    .map((setting) => [setting, asInTable(setting)]),
);

/** A setting with a value as a line of its own. */
function written({ directive }: Parameter, setting: string): (value: string) => string {
  return (value) => `${directive ?? setting} ${value}`;
}

/** Settings of a server name nothing that is defined elsewhere. */
const NOTHING_DEFINED: ReadingContext = {
  lbmethods: new Set(),
  healthCheckTemplates: new Set(),
  healthCheckExpressions: new Set(),
  ajp: false,
};
