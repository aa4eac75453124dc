import type { ParameterTable } from "./parameter.js";

const WORDS = new WeakMap<ParameterTable, readonly string[]>();

/** The words of a table in its order, listed once: every member of every cluster asks for them. */
export function tableWords(table: ParameterTable): readonly string[] {
  const known = WORDS.get(table);
  if (known !== undefined) return known;
  const words = Object.keys(table);
  WORDS.set(table, words);
  return words;
}
