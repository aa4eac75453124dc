import { hasCompatAccess, isAccessControl, rewriteAccess } from "./access/section-access.js";
import { report } from "./read-state.js";
import type { Where } from "./read-state.js";
import type { Statement } from "../run/statement.js";

/** Keeps a statement as text in its scope, inside its section if it stands in one that is taken apart. */
export function keepLine(where: Where, statement: Statement, why?: string): void {
  const { section, scope, conf } = where;
  const lines = keptLines(where, [statement]);
  const kept = section === undefined ? lines : wrapped(section.opening, lines);
  for (const value of kept) scope.extra.push({ value, place: statement.place });
  report(conf, statement, "kept", why);
  for (const child of statement.children ?? []) reportInside(where, child);
}

/**
 * Statements side by side as lines, with all that stands in them. Access control of httpd 2.2 becomes `Require` where
 * that is asked for and has the same meaning.
 */
export function keptLines(where: Where, statements: readonly Statement[]): readonly string[] {
  const requirement = rewritten(where, statements);
  if (requirement === undefined) return statements.flatMap((statement) => sectionLines(where, statement));
  const first = statements.find(isAccessControl);
  return statements.flatMap((statement) => {
    if (statement === first) return requirement;
    return isAccessControl(statement) ? [] : sectionLines(where, statement);
  });
}

/** Lines between the opening and the closing line of a section. */
export function wrapped(opening: Statement, lines: readonly string[]): readonly string[] {
  return [opening.text, ...lines.map((line) => `  ${line}`), `</${opening.name}>`];
}

/** True when a section says `Require` without the words of httpd 2.2 beside it. */
export function hasPlainRequire(statements: readonly Statement[]): boolean {
  return statements.some(({ children = [] }) => {
    const says = children.some((child) => isAccessControl(child)) && !hasCompatAccess(children);
    return says || hasPlainRequire(children);
  });
}

function sectionLines(where: Where, statement: Statement): readonly string[] {
  if (statement.children === undefined) return [statement.text];
  return wrapped(statement, keptLines(where, statement.children));
}

function rewritten({ conf }: Where, statements: readonly Statement[]): readonly string[] | undefined {
  if (!conf.modernAccess || !hasCompatAccess(statements)) return undefined;
  return rewriteAccess(statements);
}

function reportInside(where: Where, statement: Statement): void {
  const modern = where.conf.modernAccess && hasCompatAccess([statement]);
  report(where.conf, statement, "kept", modern ? "in the words of httpd 2.4" : undefined);
  for (const child of statement.children ?? []) reportInside(where, child);
}
