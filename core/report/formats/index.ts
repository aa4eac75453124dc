import { concise } from "./concise.js";
import type { Format } from "./format.js";
import { github } from "./github.js";
import { gitlab } from "./gitlab.js";
import { html } from "./html.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { markdown } from "./markdown.js";
import { sarif } from "./sarif.js";
import { textFormat } from "./text.js";

/** Every format, by the word that asks for it; a new one is one file and one line. */
export const FORMATS = {
  text: textFormat,
  concise,
  json,
  sarif,
  github,
  gitlab,
  junit,
  markdown,
  html,
} as const satisfies Record<string, Format>;

/** Word of a format. */
export type FormatName = keyof typeof FORMATS;

/** True for the words of {@link FORMATS}. */
export function isFormatName(word: string): word is FormatName {
  return Object.hasOwn(FORMATS, word);
}
