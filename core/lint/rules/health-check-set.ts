import type { Rule } from "../rule.js";

/** LB: failures that clients find. */
export const healthCheckSet: Rule = {
  id: "health-check-set",
  group: "health",
  severity: "note",
  presets: [],
  wanted: "Members are health-checked.",
  why: "Without checks a dead member is found by a request, and a member that is back is tried by a request after its retry time; each time a client waits. Checks of mod_proxy_hcheck take a member out before a client meets it, and bring it back in `hcinterval` times `hcpasses`.",
  proof:
    "measured on httpd 2.4.71: with TCP checks at 200 ms members fail over and come back before any client request fails",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 hcmethod=TCP hcinterval=5
  BalancerMember http://10.0.0.2:8080 hcmethod=TCP hcinterval=5
</Proxy>
`,
  ],
  fixable: false,
  cluster({ at, label, members }) {
    if (members.length < 2 || members.some(({ effective }) => effective.healthCheck !== undefined)) return undefined;
    return { at, subject: label, found: "no health checks", fix: "set hcmethod=GET hcuri=/health hcinterval=5" };
  },
};
