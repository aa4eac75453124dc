import { harmless } from "./harmless.js";
import { withoutSecrets } from "./secrets.js";

const WIDEST = 160;

/**
 * A line of a file as reports quote it: behind its number and a bar, without secrets and without anything that steers
 * who shows it, cut around the column, with carets below.
 *
 * @param column - from 1
 * @param length - of what is meant, characters
 */
export function excerptOf(
  line: string,
  { line: number, column }: { readonly line: number; readonly column: number },
  length: number,
): readonly [string, string] {
  const from = column <= WIDEST / 2 ? 0 : column - 1 - WIDEST / 4;
  const cut = withoutSecrets(line)
    .slice(from, from + WIDEST)
    .replaceAll("\t", " ");
  const shown = String(number);
  const carets = "^".repeat(Math.max(1, Math.min(length, cut.length - (column - 1 - from))));
  return [
    `    ${shown} | ${harmless(cut)}`,
    `    ${" ".repeat(shown.length)} | ${" ".repeat(column - 1 - from)}${carets}`,
  ];
}
