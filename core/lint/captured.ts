/** A group in parentheses of a pattern whose match can be used elsewhere as `$1`. */
interface CapturingGroup {
  /** What stands between the parentheses. */
  readonly inside: string;
  /** Where the opening parenthesis stands. */
  readonly start: number;
}

/**
 * True when what a group takes of a path begins with a slash, or is empty: it is written so, or the group stands at the
 * beginning, as every path that httpd maps begins with a slash.
 *
 * @param number - as in `$1`
 * @param whole - false inside of sections, where a RewriteRule does not see the beginning of the path
 */
export function takesSlashFirst(pattern: string, number: number, whole = true): boolean {
  const group = capturingGroups(pattern)[number - 1];
  if (group === undefined) return false;
  if (branchesOf(group.inside).every((branch) => branch.startsWith("/"))) return true;
  return whole && pattern.startsWith("^(") && group.start === 1 && branchesOf(pattern).length === 1;
}

/** True when a group takes nothing but one of some plain words: `(app1|app2)`. */
export function takesListed(pattern: string, number: number): boolean {
  const group = capturingGroups(pattern)[number - 1];
  return group !== undefined && /^[\w|-]+$/.test(group.inside);
}

/** True when the slash in front of what a group takes stands before the group, so that it is none of it. */
export function leavesSlashOut(pattern: string, number: number): boolean {
  const group = capturingGroups(pattern)[number - 1];
  if (group === undefined || !/\/\??$/.test(pattern.slice(0, group.start))) return false;
  return !branchesOf(group.inside).some((branch) => branch.startsWith("/"));
}

/** The name of a group, which stands in front of what it takes. */
const NAME = /^\?(?:P?<\w+>|'\w+')/;

/** The groups of a pattern that are counted, in the order of their parentheses. */
function capturingGroups(pattern: string): readonly CapturingGroup[] {
  const groups: { inside: string; readonly start: number }[] = [];
  const open: (number | undefined)[] = [];
  for (const { at, character } of unquoted(pattern)) {
    if (character === "(") {
      const counts = pattern[at + 1] !== "?" || /^\?(?:P?<[^=!]|')/.test(pattern.slice(at + 1, at + 5));
      open.push(counts ? groups.length : undefined);
      if (counts) groups.push({ inside: "", start: at });
    } else if (character === ")") {
      const group = groups[open.pop() ?? -1];
      if (group !== undefined) group.inside = pattern.slice(group.start + 1, at).replace(NAME, "");
    }
  }
  return groups;
}

/** The alternatives that a pattern is made of. */
function branchesOf(pattern: string): readonly string[] {
  const branches: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { at, character } of unquoted(pattern)) {
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "|" && depth === 0) {
      branches.push(pattern.slice(start, at));
      start = at + 1;
    }
  }
  return [...branches, pattern.slice(start)];
}

/** The characters of a pattern that mean something: none behind a backslash, none in a class in brackets. */
function* unquoted(pattern: string): Iterable<{ readonly at: number; readonly character: string }> {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? "";
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]" || pattern[at - 1] === "[";
    else if (character === "[") inClass = true;
    else yield { at, character };
  }
}
