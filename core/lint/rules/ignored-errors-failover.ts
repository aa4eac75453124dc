import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: `status=+I`. */
export const ignoredErrorsFailover: Rule = {
  id: "ignored-errors-failover",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Errors of a member count where another member could serve instead.",
  why: "With +I a refused connection does not put the member into error, so httpd does not go on to the next member: the client gets the 503, again and again in the member's turn.",
  proof: "a member that ignores errors answers 503 in its turn",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 status=+I
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 status=+I
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: true,
  unsafe: true,
  member(view, { inService }) {
    if (inService.length < 2) return undefined;
    const { status } = view.effective;
    if (!status.has("I")) return undefined;
    return {
      at: parameterOf(view, "status"),
      subject: `status of ${view.label}`,
      found: "I, which switches off the failover of its requests",
      fix: "leave the letter I away",
      ...(status.size === 1 ? { repair: { kind: "unset", of: view.at, parameter: "status" } } : {}),
    };
  },
};
