import { read, refused } from "../reading.js";
import { shown } from "../shown.js";
import type { KindCodec } from "../kind.js";
import type { ChoiceParameter, FlagParameter, SeparatorParameter } from "../parameter.js";
import { suggestion } from "../suggest.js";

/** `On` and `Off`, any case. */
export const flagKind: KindCodec<FlagParameter, boolean> = {
  read(parameter, text) {
    const word = text.toLowerCase();
    return word === "on" || word === "off" ? read(word === "on") : refused(parameter.error);
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

/** True for `hcmethod`, which knows one more word (PROVIDER) and refuses it; measured on httpd 2.4.71. */
function isHealthMethod(parameter: ChoiceParameter): boolean {
  return parameter.values.includes("CPING");
}

/** One of a few words; the value is the word as the table spells it. */
export const choiceKind: KindCodec<ChoiceParameter, string> = {
  read(parameter, text, context) {
    const word = parameter.values.find((value) => value.toLowerCase() === text.toLowerCase());
    const unimplemented =
      word === "CPING" ? !context.ajp : text.toLowerCase() === "provider" && isHealthMethod(parameter);
    if (unimplemented) return refused(`Health check method ${text} not (yet) implemented`);
    return word === undefined ? refused(parameter.error) : read(word);
  },
  print: (_parameter, value) => value,
  check(parameter, value) {
    const usable = parameter.values.filter((word) => word !== "CPING");
    if (typeof value === "string" && usable.includes(value)) return undefined;
    return { found: shown(value), allowed: usable.join(", "), fix: suggestion(String(value), usable) };
  },
  schema: (parameter) => ({ enum: parameter.values.filter((word) => word !== "CPING") }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/** One character, or the word `Off`. */
export const separatorKind: KindCodec<SeparatorParameter, string> = {
  read(parameter, text) {
    if (text.length === 1) return read(text);
    return text.toLowerCase() === "off" ? read("Off") : refused(parameter.error);
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
