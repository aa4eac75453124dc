import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a spare whose set has nobody to replace. */
export const spareWithoutActive: Rule = {
  id: "spare-without-active",
  group: "promise",
  severity: "error",
  presets: ["recommended"],
  wanted: "A spare is in the lbset of an active member that it can replace.",
  why: "Spares take part only as many as there are unusable active members in their own set. In a set without active members a spare never serves: a balancer of spares answers every request 503.",
  proof: "a balancer of spares answers 503",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 status=+R
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  BalancerMember http://10.0.0.3:8080 status=+R lbset=1
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+R
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ members, spares }) {
    const replaceable = new Set(
      members.filter(({ role }) => role !== "spare" && role !== "standby").map(({ effective }) => effective.lbset),
    );
    for (const spare of spares) {
      if (replaceable.has(spare.effective.lbset)) continue;
      yield {
        at: parameterOf(spare, "status"),
        subject: `status of ${spare.label}`,
        found: `a spare in set ${spare.effective.lbset}, which has no active member`,
        fix: "give it the lbset of the members it is to replace, or make it a standby with status=+H",
      };
    }
  },
};
