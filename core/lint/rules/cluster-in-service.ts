import type { Rule } from "../rule.js";

/** LB: everybody is out of service. */
export const clusterInService: Rule = {
  id: "cluster-in-service",
  group: "promise",
  severity: "error",
  presets: ["recommended"],
  wanted: "At least one member of a balancer is in service.",
  why: "Disabled and stopped members serve nothing, drained ones nothing but their own sessions: httpd answers 503 until somebody enables a member in balancer-manager, and again after the next reload.",
  proof: "measured on httpd 2.4.71: a balancer of +D members answers 503 (AH01170)",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 status=+D
  BalancerMember http://10.0.0.2:8080 status=+S
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  cluster({ at, label, members, inService }) {
    if (members.length === 0 || inService.length > 0) return undefined;
    return {
      at,
      subject: label,
      found: `${members.length} members, all of them disabled, stopped or drained`,
      fix: "leave status= away from at least one member",
    };
  },
};
