import { isProxyRule, rewriteFlags } from "../../httpd/rewrite-line.js";
import { mountedCluster } from "./mounted-cluster.js";
import type { ReadPlace } from "./read-state.js";
import { keepLine } from "./kept-text.js";
import { rewriteLineOf } from "../run/statement.js";
import type { Statement } from "../run/statement.js";

/** `RewriteEngine On|Off` */
export function readRewriteEngine(where: ReadPlace, statement: Statement): void {
  if (where.section === undefined) where.scope.rewriting = statement.words[0]?.text.toLowerCase() === "on";
  keepLine(where, statement);
}

/** `RewriteCond`: makes the next rule conditional. */
export function readRewriteCondition(where: ReadPlace, statement: Statement): void {
  if (where.section === undefined) where.scope.rewriteConditions += 1;
  keepLine(where, statement);
}

/**
 * `RewriteRule pattern target [flags]` is kept as text; one that proxies every request of a pattern is also a mount,
 * so that model and lint know the way. Conditions are not judged: a conditional rule is no mount.
 */
export function readRewriteRule(where: ReadPlace, statement: Statement): void {
  const { scope, section } = where;
  const conditional = scope.rewriteConditions > 0;
  if (section === undefined) scope.rewriteConditions = 0;
  const { first: pattern, second: target, flags } = rewriteLineOf(statement) ?? {};
  if (
    section !== undefined ||
    !isProxyRule(flags) ||
    pattern === undefined ||
    target === undefined ||
    !scope.rewriting
  ) {
    keepLine(where, statement);
    return;
  }
  const to = mountedCluster(target, pattern) ?? ({ kind: "url", url: target, parameters: {} } as const);
  const judged = !conditional && !pattern.startsWith("!") && !target.includes("%{") && target !== "-";
  if (to === "unknown") {
    keepLine(where, statement, "its balancer is named by what the path holds");
    return;
  }
  if (!judged) {
    keepLine(where, statement, "it stays a rule and becomes no mount, as its conditions decide when it proxies");
    return;
  }
  const caseless = rewriteFlags(flags ?? "")?.some(({ name }) => /^(?:nc|nocase)$/i.test(name)) === true;
  const path = caseless ? `(?i)${pattern}` : pattern;
  scope.mounts.push({ mount: { path, match: true, via: "rewrite", to, reverse: [] }, place: statement.place });
  keepLine(where, statement);
}
