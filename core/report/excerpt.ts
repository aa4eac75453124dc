import { harmless } from "./harmless.js";
import { lineWithoutSecrets } from "./secrets.js";

const WIDEST = 160;
/** Narrower than this a line says nothing any more. */
const NARROWEST = 40;
/** Characters around the shown ones in which a secret can begin or end. */
const AROUND = 1_024;

/**
 * A line of a file as reports quote it: behind its number and a bar, without secrets and without anything that steers
 * who shows it, cut around the column, with carets below.
 *
 * @param column - from 1
 * @param length - of what is meant, characters
 * @param width - characters of a line of the terminal
 * @default width - a line of 160 characters and what stands in front of it
 */
export function excerptOf(
  line: string,
  { line: number, column }: { readonly line: number; readonly column: number },
  length: number,
  width?: number,
): readonly [string, string] {
  const front = `    ${number} | `.length;
  const widest = width === undefined ? WIDEST : Math.min(WIDEST, Math.max(NARROWEST, width - front));
  const from = column - 1 + Math.min(length, widest / 2) <= widest ? 0 : column - 1 - Math.floor(widest / 4);
  const start = Math.max(0, from - AROUND);
  const cut = lineWithoutSecrets(line.slice(start, from + widest + AROUND))
    .slice(from - start, from - start + widest)
    .replaceAll("\t", " ");
  const shown = String(number);
  const carets = "^".repeat(Math.max(1, Math.min(length, cut.length - (column - 1 - from))));
  return [
    `    ${shown} | ${harmless(cut)}`,
    `    ${" ".repeat(shown.length)} | ${" ".repeat(column - 1 - from)}${carets}`,
  ];
}
