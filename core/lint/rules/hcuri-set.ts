import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

const ASKING = /^(GET|HEAD)/;

/** LB: a check for no page. */
export const hcuriSet: Rule = {
  id: "hcuri-set",
  group: "health",
  severity: "error",
  presets: ["recommended"],
  wanted: "A GET or HEAD check has an hcuri.",
  why: "Without `hcuri` and without a path in the member's URL httpd sends `GET  HTTP/1.0`, a request without a path. Servers answer 400, and the healthy member is taken out.",
  proof: "a GET check without hcuri sends a request without a path",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 hcmethod=GET hcinterval=5
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 hcmethod=GET hcuri=/health hcinterval=5
</Proxy>
`,
  ],
  fixable: true,
  member(view) {
    const check = view.effective.healthCheck;
    if (check === undefined || !ASKING.test(check.method) || check.uri !== "") return undefined;
    if (view.backend === undefined || view.backend.path !== "") return undefined;
    return {
      at: view.member.parameters.hcmethod === undefined ? view.at : parameterOf(view, "hcmethod"),
      subject: `hcuri of ${view.label}`,
      found: `not set, with hcmethod=${check.method}`,
      fix: "set hcuri=/, or the page that says whether the application works",
      repair: { kind: "set", of: view.at, parameter: "hcuri", value: "/" },
    };
  },
};
