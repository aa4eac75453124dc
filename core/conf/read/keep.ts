import { report } from "./growing.js";
import type { Where } from "./growing.js";
import type { Statement } from "./statement.js";

/** Keeps a statement as text in its scope, inside its section if it stands in one that is taken apart. */
export function keepLine(where: Where, statement: Statement, why?: string): void {
  const { section, scope, conf } = where;
  const lines = sectionLines(statement);
  const kept = section === undefined ? lines : wrapped(section.opening, lines);
  for (const value of kept) scope.extra.push({ value, place: statement.place });
  report(conf, statement, "kept", why);
  for (const child of statement.children ?? []) reportInside(where, child);
}

/** A statement and all that stands in it, indented by two. */
export function sectionLines(statement: Statement): readonly string[] {
  if (statement.children === undefined) return [statement.text];
  return wrapped(statement, statement.children.flatMap(sectionLines));
}

/** Lines between the opening and the closing line of a section. */
export function wrapped(opening: Statement, lines: readonly string[]): readonly string[] {
  return [opening.text, ...lines.map((line) => `  ${line}`), `</${opening.name}>`];
}

function reportInside(where: Where, statement: Statement): void {
  report(where.conf, statement, "kept");
  for (const child of statement.children ?? []) reportInside(where, child);
}
