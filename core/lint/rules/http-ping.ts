import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a ping that asks nothing. */
export const httpPing: Rule = {
  id: "http-ping",
  group: "health",
  severity: "note",
  presets: ["recommended"],
  wanted: "ping stands at AJP members, or where requests with bodies are what matters.",
  why: "At http members `ping` makes httpd send `Expect: 100-continue`, and only with requests that have a body. A GET goes out unasked: a dead or hanging member is found no sooner.",
  proof: "ping asks an http member before a POST, and not before a GET",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 ping=1
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 ping=1 secret=\${SECRET}
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  member(member) {
    const { backend } = member;
    if (member.member.parameters.ping === undefined || !/^https?$|^h2c?$/.test(backend?.scheme ?? "")) return undefined;
    return {
      at: parameterOf(member, "ping"),
      subject: `ping of ${member.label}`,
      found: "at an http member, where requests without a body are sent unasked",
      fix: "check health instead: hcmethod=GET hcuri=/health (mod_proxy_hcheck), or connectiontimeout for hosts that are gone",
    };
  },
};
