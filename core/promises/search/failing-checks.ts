import { ANSWERS } from "../../model/engine.js";
import { healthTest } from "../../model/health-test.js";
import { urlText } from "../../scenario/nodes.js";
import { effectiveMember } from "../../topology/effective.js";
import type { Member, Topology } from "../../topology/topology.js";

/**
 * True for a member whose health checks fail though it accepts connections and answers 200: such as `hcmethod=GET`
 * without a path to ask for (400, measured on httpd 2.4.71), or an expression that 200 does not fulfil.
 */
export function failsItsChecks(topology: Topology, member: Member): boolean {
  const { healthCheck } = effectiveMember(member, topology.healthCheckTemplates);
  if (healthCheck === undefined) return false;
  return !healthTest(healthCheck, urlText(member.url), topology.healthCheckExpressions)(ANSWERS);
}
