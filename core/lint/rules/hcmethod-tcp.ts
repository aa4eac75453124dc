import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

const HTTP: ReadonlySet<string> = new Set(["http", "https"]);

/** LB: a check that an application in trouble passes. */
export const hcmethodTcp: Rule = {
  id: "hcmethod-tcp",
  group: "health",
  severity: "note",
  presets: [],
  wanted: "An http member is checked by a request, not by a connection.",
  why: "A TCP check passes as soon as the port is open: while the application starts, when it answers 500 to everything, and when it was undeployed and answers 404 faster than all others.",
  proof: "measured on httpd 2.4.71: hcmethod=TCP passes when the connect succeeds, whatever the application answers",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 hcmethod=TCP hcinterval=5
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 hcmethod=GET hcuri=/health hcinterval=5
</Proxy>
`,
  ],
  fixable: false,
  member(view) {
    if (view.effective.healthCheck?.method !== "TCP" || !HTTP.has(view.backend?.scheme ?? "")) return undefined;
    return {
      at: view.member.parameters.hcmethod === undefined ? view.at : parameterOf(view, "hcmethod"),
      subject: `hcmethod of ${view.label}`,
      found: "TCP",
      fix: "set hcmethod=GET and hcuri= to a page that says whether the application works",
    };
  },
};
