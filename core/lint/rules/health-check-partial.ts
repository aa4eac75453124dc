import type { Rule } from "../rule.js";

/** LB: checked and unchecked members together. */
export const healthCheckPartial: Rule = {
  id: "health-check-partial",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "In a balancer all members are health-checked, or none.",
  why: "A member taken out by its checks is not in error, so it keeps httpd from forcing the recovery of the others: with the checked members down, an unchecked one in error stays out for its whole retry time although it is back.",
  proof:
    "measured on httpd 2.4.71: actives out by checks, unchecked standby in error and back: 503 until the standby's retry is over",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 hcmethod=TCP hcinterval=5
  # wrong
  BalancerMember http://10.0.0.2:8080 status=+H
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 hcmethod=TCP hcinterval=5
  BalancerMember http://10.0.0.2:8080 hcmethod=TCP hcinterval=5 status=+H
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ inService }) {
    if (inService.every(({ effective }) => effective.healthCheck === undefined)) return;
    for (const { at, label, effective } of inService) {
      if (effective.healthCheck !== undefined) continue;
      yield {
        at,
        subject: `health check of ${label}`,
        found: "none, while other members are checked",
        fix: "give it the same hcmethod, hcuri and hcinterval",
      };
    }
  },
};
