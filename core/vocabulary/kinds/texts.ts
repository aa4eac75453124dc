import { byteLength } from "../../httpd/byte-length.js";
import { LB_METHODS } from "../lbmethods.js";
import { read, refusedReading } from "../reading.js";
import { shown } from "../shown.js";
import type { KindCodec } from "../kind.js";
import type { ProviderParameter, ReferenceParameter, StatusParameter, TextParameter } from "../parameter.js";
import { STATUS_FLAGS, readStatus } from "../status.js";
import { suggestion } from "../suggest.js";

/** Characters that httpd would split, cut or take for the end of the line even inside quotes, as a JSON Schema pattern. */
const CONTROL_FREE = "^[^\\u0000-\\u001f\\u007f]*$";
const WITHOUT_CONTROLS = new RegExp(CONTROL_FREE);

/** Text up to a length in bytes. `None` empties a nonce. */
export const textKind: KindCodec<TextParameter, string> = {
  read(parameter, text) {
    if (lengthInFile(text) <= parameter.maxLength) return read(text);
    return parameter.cut === true ? read(text.slice(0, parameter.maxLength)) : refusedReading(parameter.error);
  },
  print: (_parameter, value) => value,
  check(parameter, value) {
    const allowed = `text of 1 to ${parameter.maxLength} bytes without control characters`;
    if (typeof value !== "string" || value === "") {
      return { found: shown(value), allowed, fix: "give a text, or leave the parameter out" };
    }
    if (!WITHOUT_CONTROLS.test(value)) {
      return {
        found: JSON.stringify(value),
        allowed,
        fix: "remove the control characters: httpd would end the line there",
      };
    }
    // A unit of UTF-16 takes three bytes at most.
    if (3 * value.length <= parameter.maxLength || byteLength(value) <= parameter.maxLength) return undefined;
    return { found: `${byteLength(value)} bytes`, allowed, fix: "shorten it" };
  },
  schema: (parameter) => ({ type: "string", minLength: 1, maxLength: parameter.maxLength, pattern: CONTROL_FREE }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

const LETTERS = Object.keys(STATUS_FLAGS).join("");

/** Status letters. */
export const statusKind: KindCodec<StatusParameter, string> = {
  read: (parameter, text) =>
    readStatus(text, parameter.letters) === undefined ? refusedReading(parameter.error) : read(text),
  print: (_parameter, value) => value,
  check(_parameter, value) {
    if (typeof value === "string" && value !== "" && readStatus(value) !== undefined) return undefined;
    const letters = Object.keys(STATUS_FLAGS).join(" ");
    return { found: shown(value), allowed: `'+' or '-' and the letters ${letters}`, fix: "write for example '+H'" };
  },
  schema: () => ({ type: "string", pattern: `^([+-]?[${LETTERS}${LETTERS.toLowerCase()}])+$` }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/** A load-balancing method: known when its module is loaded, case counts. */
export const providerKind: KindCodec<ProviderParameter, string> = {
  read: (parameter, text, context) => (context.lbmethods.has(text) ? read(text) : refusedReading(parameter.error)),
  print: (_parameter, value) => value,
  check(_parameter, value) {
    const known = Object.keys(LB_METHODS);
    if (typeof value === "string" && known.includes(value)) return undefined;
    return { found: shown(value), allowed: known.join(", "), fix: suggestion(String(value), known) };
  },
  schema: () => ({ enum: Object.keys(LB_METHODS) }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/** The name of something defined before. */
export const referenceKind: KindCodec<ReferenceParameter, string> = {
  read(parameter, text, context) {
    const template = parameter.refersTo === "health-check-template";
    const known = template ? context.healthCheckTemplates : context.healthCheckExpressions;
    return known.has(text.toLowerCase()) ? read(text) : refusedReading(`${parameter.error}${text}`);
  },
  print: (_parameter, value) => value,
  check(_parameter, value) {
    if (typeof value === "string" && /^[A-Za-z0-9_.-]{1,63}$/.test(value)) return undefined;
    return { found: shown(value), allowed: "letters, digits, '_', '.' and '-'", fix: "name a template or expression" };
  },
  schema: () => ({ type: "string", pattern: "^[A-Za-z0-9_.-]{1,63}$" }),
  fromJson: (json) => json,
  toJson: (value) => value,
};

/** Length of text from a file, which is handled one character a byte; other text counts in UTF-8. */
function lengthInFile(text: string): number {
  return /[^\u0000-\u00ff]/.test(text) ? byteLength(text) : text.length;
}
