import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a standby in a set that is asked before the actives' set. */
export const standbyLbset: Rule = {
  id: "standby-lbset",
  group: "promise",
  severity: "error",
  presets: ["recommended"],
  wanted: "A standby is in no lower lbset than any active member.",
  why: "httpd asks the sets in ascending order and consults the standbys of a set before it goes on to the next set. A standby in set 0 with the actives in set 1 serves everything, the actives nothing.",
  proof: "a standby in a lower lbset serves everything",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 lbset=1
  BalancerMember http://10.0.0.2:8080 lbset=1
  # wrong
  BalancerMember http://10.0.0.3:8080 status=+H
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 lbset=2
  # wrong
  BalancerMember http://10.0.0.3:8080 status=+H lbset=1
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080 lbset=1
  BalancerMember http://10.0.0.3:8080 status=+H lbset=1
</Proxy>
`,
  ],
  fixable: true,
  unsafe: true,
  *cluster({ actives, standbys }) {
    const highest = Math.max(-1, ...actives.map(({ effective }) => effective.lbset));
    for (const standby of standbys) {
      if (standby.effective.lbset >= highest) continue;
      yield {
        at: standby.member.parameters.lbset === undefined ? standby.at : parameterOf(standby, "lbset"),
        subject: `lbset of ${standby.label}`,
        found: `${standby.effective.lbset}, while an active member is in set ${highest}`,
        fix: `set lbset=${highest} on the standby`,
        repair: { kind: "set", of: standby.at, parameter: "lbset", value: String(highest) },
      };
    }
  },
};
