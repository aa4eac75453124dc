import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { suggestion } from "../vocabulary/suggest.js";
import type { Subject } from "./place.js";

/** A name that has to be one of those known. */
export function checkKnown(name: string, known: readonly string[], place: Subject): readonly Problem[] {
  if (known.includes(name)) return [];
  const allowed = known.length === 0 ? "nothing, as none is defined" : known.join(", ");
  const fix = known.length === 0 ? "define it first" : suggestion(name, known);
  return [{ ...place, found: shown(name), allowed, fix }];
}

/** One problem for each item whose key was there before. */
export function checkUnique<T>(
  items: readonly T[],
  key: (item: T, index: number) => string | undefined,
  describe: (item: T, index: number, first: number) => Problem,
): readonly Problem[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const own = key(item, index);
    if (own === undefined) return [];
    const first = seen.get(own);
    if (first === undefined) seen.set(own, index);
    return first === undefined ? [] : [describe(item, index, first)];
  });
}

/** One problem for each item that bears the name of an earlier one. */
export function checkOwnNames(
  items: readonly { readonly name: string }[],
  place: (index: number) => Subject["at"],
  what: string,
): readonly Problem[] {
  return checkUnique(
    items,
    ({ name }) => name,
    ({ name }, index) => ({
      at: place(index),
      subject: `name of ${what} ${shown(name)}`,
      found: "the name of an earlier one",
      allowed: "a name of its own",
      fix: "rename one of the two",
    }),
  );
}
