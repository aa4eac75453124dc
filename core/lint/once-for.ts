import type { Finding } from "./rule.js";
import type { MemberView } from "./view.js";

/**
 * One finding for all members of a balancer that lack the same thing, at the first of them; undefined where none does.
 *
 * @param parameter - the one that is not set
 */
export function onceFor(
  members: readonly MemberView[],
  parameter: string,
  { found, fix }: Pick<Finding, "found" | "fix">,
): Finding | undefined {
  const [first, ...others] = members;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : `; the same of ${others.length} more`;
  return { at: first.at, subject: `${parameter} of ${first.label}`, found: `${found}${more}`, fix };
}
