import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: nothing but standbys. */
export const standbyWithoutActive: Rule = {
  id: "standby-without-active",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A balancer with a standby has an active member that the standby stands in for.",
  why: "Where all members are standbys httpd shares the requests among them as if they were active: the member that was meant to wait works all the time.",
  proof: "a balancer of standbys shares among them",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 status=+H
  # wrong
  BalancerMember http://10.0.0.2:8080 status=+H
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080 status=+H
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ actives, spares, standbys }) {
    if (actives.length > 0 || spares.length > 0) return;
    for (const standby of standbys) {
      yield {
        at: parameterOf(standby, "status"),
        subject: `status of ${standby.label}`,
        found: "a standby, and no member of the balancer is active",
        fix: "leave status=+H away from the members that are to serve",
      };
    }
  },
};
