import type { Construct } from "constructs";
import { frontPlan } from "../../core/host/front-plan.js";
import type { FrontPlanning } from "../../core/host/front-plan.js";
import type { HostPlan } from "../../core/host/plan.js";
import type { Problem } from "../../core/vocabulary/problem.js";
import { problemFinding } from "../finding.js";
import { isSound } from "../findings.js";
import { following } from "../following.js";
import type { StackText } from "../stack-text.js";
import type { Site } from "../target.js";
import { TerraformData } from "../terraform-data.js";

/**
 * The plan of a site's server in another layout, or without its secrets; undefined while the description has problems. Asked
 * for as often as anybody likes: it is made once for a description.
 */
export function sitePlan({ describe }: Site, planning: FrontPlanning): () => HostPlan | undefined {
  return following(describe, (topology) => {
    const [server] = topology.servers;
    return server === undefined || !isSound(topology) ? undefined : frontPlan(topology, server, planning);
  });
}

/**
 * Has plans show which lines of a text change, where the resource that takes it shows all of it, or a sum.
 *
 * @param name - of the text, such as `httpd.conf`
 */
export function showChanges(scope: Construct, name: string, text: StackText): void {
  new TerraformData(scope, "shown", { triggers: { [name]: text.shown }, provisioners: [] });
}

/** Fails the synthesis with what keeps a plan from being carried out by a target. */
export function watchPlan(
  { scope }: Site,
  planned: () => HostPlan | undefined,
  check: (plan: HostPlan) => readonly Problem[],
): void {
  scope.node.addValidation({
    validate: () => {
      const plan = planned();
      return plan === undefined ? [] : check(plan).map((problem) => problemFinding(problem).text);
    },
  });
}
