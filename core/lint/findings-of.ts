import { judgedMembers } from "./servers-view.js";
import type { Finding, Findings, Rule } from "./rule.js";
import type { View } from "./view.js";

/** Everything a rule finds in a view: each of its forms is asked for every part of its kind. */
export function ruleFindings(rule: Rule, view: View): readonly Finding[] {
  const found: Finding[] = [];
  const add = (findings: Findings): void => {
    if (findings === undefined) return;
    if (Symbol.iterator in findings) for (const finding of findings) found.push(finding);
    else found.push(findings);
  };
  if (rule.cluster !== undefined || rule.member !== undefined) {
    for (const cluster of view.clusters) {
      add(rule.cluster?.(cluster, view));
      if (rule.member !== undefined) for (const member of cluster.members) add(rule.member(member, cluster, view));
    }
  }
  if (rule.scope !== undefined || rule.mount !== undefined) {
    for (const scope of view.scopes) {
      add(rule.scope?.(scope, view));
      if (rule.mount !== undefined) for (const mount of scope.mounts) add(rule.mount(mount, scope, view));
    }
  }
  const { servers } = view;
  if (servers !== undefined && rule.server !== undefined) {
    for (const paired of servers.servers) {
      add(judgedMembers(paired, (member) => rule.server?.(member, paired.server, servers)));
    }
  }
  add(rule.check?.(view));
  return found;
}
