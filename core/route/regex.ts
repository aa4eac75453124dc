import { matcherOf } from "../httpd/regex.js";

/** What a match took, by the number of the group; 0 is all of it. */
export type Match = readonly (string | undefined)[];

/** An expression of a directive, ready to be asked. */
export interface Pattern {
  readonly test: (text: string) => boolean;
  readonly exec: (text: string) => Match | undefined;
  /** Names of groups, by number less one; undefined for a group without. */
  readonly names: readonly (string | undefined)[];
}

/**
 * The expression of a directive. Paths are given to it one character a byte.
 *
 * @returns undefined where nobody here can tell what it matches, or what its groups take
 */
export function regexOf(pattern: string, caseless = false): Pattern | undefined {
  const matcher = matcherOf(pattern, { caseless });
  if (matcher === undefined || !matcher.exactGroups) return undefined;
  return { test: matcher.test, exec: matcher.exec, names: namesIn(pattern) };
}

/** Groups in the order of their brackets. */
function namesIn(pattern: string): readonly (string | undefined)[] {
  if (!/\(\?P?[<']/.test(pattern)) return [];
  const groups = pattern.match(/\\.|\[\]?(?:\\.|[^\]])*\]|\((?!\?)|\(\?P?[<'](?![=!])\w+[>']/g) ?? [];
  return groups.filter((piece) => piece.startsWith("(")).map((piece) => /\w+(?=[>'])/.exec(piece)?.[0]);
}
