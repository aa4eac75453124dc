import { fromUnicode } from "../httpd/bytes.js";
import { partsOfPattern } from "../httpd/regex.js";

/**
 * True when what a group takes of a path begins with a slash, or is empty: it is written so, or the group stands at the
 * beginning, as every path that httpd maps begins with a slash.
 *
 * @param number - as in `$1`
 * @param whole - false inside of sections, where a RewriteRule does not see the beginning of the path
 */
export function takesSlashFirst(pattern: string, number: number, whole = true): boolean {
  const parts = partsOfPattern(fromUnicode(pattern));
  const group = parts?.groups[number - 1];
  if (group === undefined) return false;
  if (group.branches.every((branch) => branch.startsWith("/"))) return true;
  return whole && pattern.startsWith("^(") && group.start === 1 && parts?.branches.length === 1;
}

/** True when a group takes nothing but one of some plain words: `(app1|app2)`. */
export function takesListed(pattern: string, number: number): boolean {
  const group = partsOfPattern(fromUnicode(pattern))?.groups[number - 1];
  return group !== undefined && /^[\w|-]+$/.test(group.branches.join("|"));
}

/** True when the slash in front of what a group takes stands before the group, so that it is none of it. */
export function leavesSlashOut(pattern: string, number: number): boolean {
  const bytes = fromUnicode(pattern);
  const group = partsOfPattern(bytes)?.groups[number - 1];
  if (group === undefined || !/\/\??$/.test(bytes.slice(0, group.start))) return false;
  return !group.branches.some((branch) => branch.startsWith("/"));
}
