import type { ConfView, LoadLine } from "./conf-view.js";
import type { Repair } from "./repair.js";

/** The LoadModule line of a module. */
export function loadLineOf({ loadLines }: ConfView, module: string): LoadLine | undefined {
  return loadLines.find((line) => line.module === module);
}

/** The repair that loads a module: below the last LoadModule line, from the same folder as that one. */
export function loading({ loadLines }: ConfView, module: string): { readonly repair?: Repair } {
  const last = loadLines.findLast(({ path }) => /(^|\/)mod_[a-z0-9_]+\.so$/.test(path));
  if (last === undefined) return {};
  const path = last.path.replace(/mod_[a-z0-9_]+\.so$/, `mod_${module}.so`);
  const line = `LoadModule ${module}_module ${path}`;
  return { repair: { kind: "insert", at: last.place, where: "below", line } };
}
