import type { Tree } from "../text/tree.js";
import { homesOf } from "./command-mends.js";

/**
 * True for a text in which no line is a directive of any module: a key, a list of accounts, the settings of another
 * program. What stands in one that is included is shown to nobody: who wrote the `Include` need not be allowed to read it.
 */
export function isNoConfiguration({ owners }: Tree): boolean {
  const named = owners.filter((node) => node.kind === "directive" || node.kind === "section");
  return named.length > 0 && !named.some(({ kind, name }) => isDirective(kind === "section" ? `<${name}` : name));
}

function isDirective(name: string): boolean {
  return homesOf(name.toLowerCase()).length > 0;
}
