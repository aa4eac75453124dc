import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a disabled, stopped or drained member keeps forced recovery from happening. */
export const outOfServiceRecovery: Rule = {
  id: "out-of-service-recovery",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "No member is configured disabled, stopped or drained.",
  why: "httpd forces the recovery of all members only when every one of them is in error. A member with +D, +S or +N is not in error, so after a failure of all others httpd answers 503 for their whole retry time, although they are back: 8 s instead of half a second at retry=8.",
  proof: "a disabled member turns a short outage into one of the whole retry time",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  BalancerMember http://10.0.0.3:8080 status=+D
</Proxy>
`,
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 status=+N
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  #BalancerMember http://10.0.0.3:8080
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ members, inService, balancer }) {
    if (!balancer.forceRecovery || inService.length === 0) return;
    for (const view of members) {
      if (inService.includes(view)) continue;
      yield {
        at: parameterOf(view, "status"),
        subject: `status of ${view.label}`,
        found: `${view.member.parameters.status ?? ""}, which suppresses forced recovery of the other members`,
        fix: "take the member out of the file while it is out of service, or set its status in balancer-manager",
      };
    }
  },
};
