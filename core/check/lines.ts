import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { Subject } from "./place.js";

/**
 * Lines of an escape hatch: they may say anything, but each is one line, and sections are closed where they were
 * opened, so that nothing around them changes.
 */
export function checkLines(lines: readonly string[], place: Subject): readonly Problem[] {
  const open: string[] = [];
  const problems: Problem[] = [];
  lines.forEach((line, index) => {
    const at: Pointer = `${place.at}/${index}`;
    const refuse = (allowed: string, fix: string): void => {
      problems.push({ at, subject: place.subject, found: shown(line), allowed, fix });
    };
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) refuse("one line", "give each line as an entry of its own");
    else if (line.endsWith("\\")) refuse("a line that ends in itself", "write the continued line in one");
    else if (!balance(open, line)) refuse("sections closed in the order they were opened", "close the section first");
  });
  if (open.length > 0) {
    const allowed = "as many closing lines as sections";
    problems.push({ ...place, found: `<${open.join("> <")}> left open`, allowed, fix: `add </${open.at(-1) ?? ""}>` });
  }
  return problems;
}

/** Follows one line's section in the list of open ones; false when it closes what is not open. */
function balance(open: string[], line: string): boolean {
  const match = /^[ \t]*<(\/?)([A-Za-z]+)/.exec(line);
  if (match === null) return !/^[ \t]*</.test(line);
  const name = (match[2] ?? "").toLowerCase();
  if (match[1] === "") open.push(name);
  else if (open.pop() !== name) return false;
  return true;
}
