import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a member that is never left alone after a failure. */
export const retryZero: Rule = {
  id: "retry-zero",
  group: "time",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A member that others can stand in for has a retry of at least one second.",
  why: "With `retry=0` a failed member counts as usable again within the same request, so httpd may pick the dead member once more instead of the next one and use up its tries: 137 of 200 requests were answered 503 although the standby was up.",
  proof: "measured on httpd 2.4.71: one dead member with retry=0 and a standby: most requests are answered 503",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 retry=0
  BalancerMember http://10.0.0.2:8080 status=+H
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=1
  BalancerMember http://10.0.0.2:8080 status=+H retry=0
</Proxy>
`,
  ],
  fixable: true,
  *cluster({ actives, inService }) {
    if (inService.length < 2) return;
    for (const view of actives) {
      const { retry } = view.member.parameters;
      if (retry?.milliseconds !== 0) continue;
      yield {
        at: parameterOf(view, "retry"),
        subject: `retry of ${view.label}`,
        found: "0, so that a dead member is picked again at once",
        fix: "set retry=1 or more",
        repair: { kind: "set", of: view.at, parameter: "retry", value: "1" },
      };
    }
  },
};
