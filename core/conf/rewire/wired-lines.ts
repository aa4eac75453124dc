import type { Executed, Expansion } from "../run/executed.js";
import type { WiredLine } from "./change.js";

/** Every directive that takes effect: those executed while the file is read first, then all others in file order. */
export function wiredLines({ onRead, directives }: Expansion): readonly WiredLine[] {
  return [...onRead, ...everyOne(directives).map(wired)];
}

/** Every directive, each section before what stands in it. */
export function everyOne(directives: readonly Executed[]): readonly Executed[] {
  const all: Executed[] = [];
  const waiting = [...directives].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    all.push(next);
    for (let at = next.children.length - 1; at >= 0; at -= 1) waiting.push(...next.children.slice(at, at + 1));
  }
  return all;
}

function wired(executed: Executed): WiredLine {
  const { name, section, words, args, source, line, node, parent } = executed;
  const key = (section ? `<${name}` : name).toLowerCase();
  return { key, words, args, source, line, node, ...(parent === undefined ? {} : { parent }) };
}
