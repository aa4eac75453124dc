import { matcherOf } from "../httpd/regex.js";
import type { Matcher } from "../httpd/regex.js";

/** What a match took, by the number of the group; 0 is all of it. */
export type Match = readonly (string | undefined)[];

/** An expression of a directive, ready to be asked. */
export type Pattern = Pick<Matcher, "test" | "exec" | "names">;

/**
 * The expression of a directive. Paths are given to it one character a byte.
 *
 * @returns undefined where nobody here can tell what it matches, or what its groups take
 */
export function regexOf(pattern: string, caseless = false): Pattern | undefined {
  const matcher = matcherOf(pattern, { caseless });
  return matcher?.exactGroups === true ? matcher : undefined;
}
