import { isPromiseId, PROMISES } from "../promises/promise.js";
import type { Acknowledgement } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { nearestName } from "../vocabulary/suggest.js";
import { RULES } from "./rule-list.generated.js";

const RULE_IDS: readonly string[] = [...RULES.map(({ id }) => id), "configtest"];

/** True for the id of a rule, and for `configtest`, which is what httpd refuses. */
export function isRuleId(word: string): boolean {
  return RULE_IDS.includes(word);
}

/** What to do about a word that is the id of no rule: the nearest one, or else where all of them are listed. */
export function ruleMend(word: string, others: readonly string[] = []): string {
  const near = nearestName(word, [...RULE_IDS, ...others]);
  return near === undefined ? "`httpd-balancer lint --rules` lists them" : `did you mean '${near}'?`;
}

/** An acknowledgement names a rule or a promise, and says why. */
export function checkAcknowledgement({ id, reason }: Acknowledgement): readonly Problem[] {
  const subject = `acknowledge '${id}'`;
  if (!isRuleId(id) && !isPromiseId(id)) {
    const fix = ruleMend(id, Object.keys(PROMISES));
    return [{ at: "", subject, found: shown(id), allowed: "the id of a rule or of a promise", fix }];
  }
  if (reason.trim() !== "") return [];
  return [{ at: "", subject, found: "no reason", allowed: "a reason", fix: "say why it is accepted" }];
}
