import { hasCompatAccess, isAccessControl, rewriteAccess } from "./access/section-access.js";
import { report, sectionKind } from "./read-state.js";
import type { ReadPlace } from "./read-state.js";
import type { Statement } from "../run/statement.js";

/** Keeps a statement as text in its scope, inside its section if it stands in one that is taken apart. */
export function keepLine(where: ReadPlace, statement: Statement, why?: string): void {
  const { section, scope, conf } = where;
  const lines = keptLines(where, [statement]);
  const kept = section === undefined ? lines : wrapped(section.opening, lines);
  for (const value of kept) scope.extra.push({ value, place: statement.place });
  rememberKind(where, section?.opening ?? statement);
  report(conf, statement, "kept", why);
  for (const child of statement.children ?? []) reportInside(where, child);
}

/** Keeps what is left of a section that was taken apart, in a section of its own at the place where it stood. */
export function keepRest(where: ReadPlace, opening: Statement, left: readonly Statement[]): void {
  if (left.length === 0) return;
  for (const value of wrapped(opening, keptLines(where, left))) where.scope.extra.push({ value, place: opening.place });
  rememberKind(where, opening);
  for (const child of left) {
    report(where.conf, child, "kept");
    for (const inner of child.children ?? []) reportInside(where, inner);
  }
}

function rememberKind({ scope }: ReadPlace, statement: Statement): void {
  const kind = sectionKind(statement);
  if (kind !== undefined) scope.keptKinds.add(kind);
}

/**
 * Statements side by side as lines, with all that stands in them. Access control of httpd 2.2 becomes `Require` where
 * that is asked for and has the same meaning.
 */
export function keptLines(where: ReadPlace, statements: readonly Statement[]): readonly string[] {
  const requirement = rewritten(where, statements);
  if (requirement === undefined) return statements.flatMap((statement) => sectionLines(where, statement));
  const first = statements.find(isAccessControl);
  return statements.flatMap((statement) => {
    if (statement === first) return requirement;
    return isAccessControl(statement) ? [] : sectionLines(where, statement);
  });
}

/** Lines between the opening and the closing line of a section. */
function wrapped(opening: Statement, lines: readonly string[]): readonly string[] {
  return [opening.text, ...lines.map((line) => `  ${line}`), `</${opening.name}>`];
}

function sectionLines(where: ReadPlace, statement: Statement): readonly string[] {
  if (statement.children === undefined) return [statement.text];
  return wrapped(statement, keptLines(where, statement.children));
}

function rewritten({ conf }: ReadPlace, statements: readonly Statement[]): readonly string[] | undefined {
  if (!conf.modernAccess || !hasCompatAccess(statements)) return undefined;
  return rewriteAccess(statements);
}

function reportInside(where: ReadPlace, statement: Statement): void {
  const modern = where.conf.modernAccess && hasCompatAccess([statement]);
  report(where.conf, statement, "kept", modern ? "in the words of httpd 2.4" : undefined);
  for (const child of statement.children ?? []) reportInside(where, child);
}
