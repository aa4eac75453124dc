import { STEERING } from "./harmless.js";

/**
 * A value as JSON, with a line break at its end. What would steer a terminal or a runner of GitHub stands as an escape,
 * which every reader of JSON reads as the same text.
 *
 * @param indent - blanks of a level. @default - everything on one line
 */
export function jsonText(value: unknown, indent?: number): string {
  return `${harmlessJson(JSON.stringify(value, undefined, indent))}\n`;
}

/** JSON as it is, with escapes in the place of what steers; see {@link jsonText}. */
export function harmlessJson(json: string): string {
  return json.replace(STEERING, (sign) => (sign === "\n" ? sign : escaped(sign))).replace(/##(?=\[)/g, "#\\u0023");
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
