import { matchedLength } from "../../httpd/prefix.js";
import { fromUnicode } from "../../httpd/bytes.js";
import { effectOf } from "../run/statement.js";
import type { Statement } from "../run/statement.js";

/** What of a scope has to be known before its lines are read in turn. */
export interface ScopePlan {
  /** True when something is mounted inside of a Location: what a description says of a balancer-manager shields it from that. */
  readonly mountsInSections: boolean;
  /** True when no mount outside of sections hides a path, so that an exclusion for it shows nothing that was hidden. */
  readonly isShown: (path: string) => boolean;
}

/** Looks through the statements of a main server or virtual host. */
export function scopePlanOf(statements: readonly Statement[]): ScopePlan {
  const passes = statements.filter(isPass);
  const sections = statements.filter(({ name }) => /^location(?:match)?$/i.test(name));
  return {
    mountsInSections: sections.some(({ children = [] }) => children.some(isPass)),
    isShown: (path) => {
      const first = passes.find((pass) => mayCover(pass, path));
      const effect = first === undefined ? undefined : effectOf(first, "mount");
      return first === undefined || (effect !== undefined && effect.to === undefined && !isExpression(first));
    },
  };
}

function isPass({ name, children }: Statement): boolean {
  return children === undefined && /^proxypass(?:match)?$/i.test(name);
}

function isExpression({ name, words }: Statement): boolean {
  return name.toLowerCase() === "proxypassmatch" || words[0]?.text === "~";
}

function mayCover(pass: Statement, path: string): boolean {
  const effect = effectOf(pass, "mount");
  if (effect === undefined || isExpression(pass)) return true;
  return matchedLength(fromUnicode(path), effect.path) !== undefined;
}
