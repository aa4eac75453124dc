/**
 * A line of somebody's text that steers nobody who shows it: no terminal by control characters, no reader by marks that
 * turn the direction of writing, no runner of GitHub by workflow commands (`::add-mask::` at the start of a line,
 * `##[add-mask]` anywhere in it), no comment of Markdown that holds the whole text in a fence. As many characters stand instead, so that columns stay.
 */
export function harmless(line: string): string {
  return line
    .replace(STEERING, "\ufffd")
    .replace(/^(\s*):(?=:)/, "$1\ufffd")
    .replace(/##(?=\[)/g, "#\ufffd")
    .replace(/^(\s*)(?:`{3}|~{3})/, "$1\ufffd\ufffd\ufffd");
}

/**
 * A text of many lines that is shown as it is: control characters stand in it for nothing but line breaks, tabs and,
 * where `colours` are shown, colours.
 */
export function withoutControls(text: string, colours: boolean): string {
  return text.replace(CONTROLS, (found) => (colours && found.length > 1 ? found : "\ufffd"));
}

/** Colours of a terminal as one match, every other control character alone. */
const CONTROLS = /\u001b\[[0-9;]*m|[^\P{Cc}\n\t]/gu;

/** Control characters, line and paragraph separators, and the marks of bidirectional text. */
export const STEERING = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;
