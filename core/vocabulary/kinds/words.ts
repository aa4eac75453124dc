import { read, refusedReading } from "../reading.js";
import { shown } from "../shown.js";
import type { KindCodec } from "../kind.js";
import type { ChoiceParameter, FlagParameter, SeparatorParameter } from "../parameter.js";
import { suggestion } from "../suggest.js";

/** `On` and `Off`, any case. */
export const flagKind: KindCodec<FlagParameter, boolean> = {
  read(parameter, text) {
    const word = text.toLowerCase();
    return word === "on" || word === "off" ? read(word === "on") : refusedReading(parameter.error);
  },
  print: (_parameter, value) => (value ? "On" : "Off"),
  check(_parameter, value) {
    if (typeof value === "boolean") return undefined;
    return { found: shown(value), allowed: "true or false", fix: "write true for On, false for Off" };
  },
  schema: () => ({ type: "boolean" }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/** One of a few words; the value is the word as the table spells it. */
export const choiceKind: KindCodec<ChoiceParameter, string> = {
  read(parameter, text, context) {
    const { values, withAjp = [], unimplemented = [] } = parameter;
    const missing = context.ajp ? unimplemented : [...unimplemented, ...withAjp];
    if (wordIn(missing, text) !== undefined) return refusedReading(`Health check method ${text} not (yet) implemented`);
    const word = wordIn(values, text) ?? wordIn(withAjp, text);
    return word === undefined ? refusedReading(parameter.error) : read(word);
  },
  print: (_parameter, value) => value,
  check(parameter, value) {
    const { values } = parameter;
    if (typeof value === "string" && values.includes(value)) return undefined;
    return { found: shown(value), allowed: values.join(", "), fix: suggestion(String(value), values) };
  },
  schema: ({ values }) => ({ enum: values }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/** The word as the list spells it; any case is the same word. */
function wordIn(words: readonly string[], text: string): string | undefined {
  return words.find((word) => word.toLowerCase() === text.toLowerCase());
}

/** One character, or the word `Off`. */
export const separatorKind: KindCodec<SeparatorParameter, string> = {
  read(parameter, text) {
    if (text.length === 1) return read(text);
    return text.toLowerCase() === "off" ? read("Off") : refusedReading(parameter.error);
  },
  print: (_parameter, value) => value,
  check(_parameter, value) {
    if (value === "Off" || (typeof value === "string" && /^[!-~]$/.test(value))) return undefined;
    const allowed = "one visible ASCII character, or 'Off'";
    return { found: shown(value), allowed, fix: "use '.', '-' or '!', or 'Off' when the whole value is the route" };
  },
  schema: () => ({ type: "string", pattern: "^([!-~]|Off)$" }),
  fromJson: (json) => json,
  toJson: (value) => value,
};
