import { fromUnicode } from "../httpd/bytes.js";
import { wordsOf } from "../httpd/word.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { RouteLine } from "./line.js";

/** A section whose end was not yet read. */
interface Open {
  readonly line: RouteLine;
  readonly children: RouteLine[];
}

/** Conditions about the machine, which only whoever reads a whole httpd.conf can judge. */
const CONDITIONS = /^if(?:module|define|version|file|directive|section)$/;

/** Lines written into a scope as they are: directives, and sections over several lines. */
export function extraLines(extra: readonly string[], at: Pointer): readonly RouteLine[] {
  const top: RouteLine[] = [];
  const open: Open[] = [];
  for (const [index, written] of extra.entries()) {
    const text = fromUnicode(written).trim();
    if (text === "" || text.startsWith("#")) continue;
    if (text.startsWith("</")) {
      open.pop();
      continue;
    }
    const [, bracket, name = "", rest = ""] = /^(<?)([^\s>]+)([^]*)$/.exec(text) ?? [];
    const section = bracket === "<";
    const argument = (section ? rest.replace(/>\s*$/, "") : rest).trim();
    const children: RouteLine[] = [];
    const own = { name: name.toLowerCase(), text: argument, words: wordsOf(argument), at: `${at}/${index}` } as const;
    const line: RouteLine = section ? { ...own, children } : own;
    (open.at(-1)?.children ?? top).push(line);
    if (section) open.push({ line, children });
  }
  return top.map(unconditional);
}

/** What stands in a condition may or may not be there. */
function unconditional(line: RouteLine): RouteLine {
  if (line.children === undefined || !CONDITIONS.test(line.name)) return line;
  return { name: line.name, text: line.text, words: line.words, at: line.at };
}
