import type { Statement } from "../../run/statement.js";
import { hasCompatAccess, isAccessControl, isCompat, rewriteAccess } from "./section-access.js";

/**
 * True when all access control of a file can be said in the words of httpd 2.4 with the same meaning. The words of 2.2
 * and `Require` are merged apart from each other, and both have to be satisfied: so a file that has both, even in
 * different sections, keeps them. Words inside `<Limit>` replace no others, as a `Require` there would.
 */
export function isTranslatable(statements: readonly Statement[]): boolean {
  return !saysRequire(statements) && allTranslate(statements, false);
}

function saysRequire(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    const name = statement.name.toLowerCase();
    if (name === "authmerging" || name === "authtype") return true;
    if (isAccessControl(statement) && !isCompat(statement)) return true;
    return statement.children !== undefined && saysRequire(statement.children);
  });
}

function allTranslate(statements: readonly Statement[], limited: boolean): boolean {
  if (hasCompatAccess(statements) && (limited || rewriteAccess(statements) === undefined)) return false;
  return statements.every(
    ({ name, children }) =>
      children === undefined || allTranslate(children, limited || /^limit(?:except)?$/i.test(name)),
  );
}
