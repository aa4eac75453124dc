import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";
import type { StatusLetter } from "../../vocabulary/status.js";

const EFFECTS: Partial<Record<StatusLetter, string>> = {
  O: "makes httpd skip the defaults: retry becomes 0",
  E: "is gone with the first request",
  C: "keeps the member out until a health check passes, for ever where none is configured",
  U: "keeps the member out for good",
  G: "has no effect",
  F: "has no effect",
};

/** LB: letters that httpd sets itself. */
export const statusInternalLetters: Rule = {
  id: "status-internal-letters",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "status= holds only the letters that are meant to be configured: D, S, I, H, N, R.",
  why: "httpd accepts every letter of its status table, also those it sets itself while it runs. They do not do what they say: +E is cleared by the first request, +O turns retry into 0, +U and +C take the member out for good.",
  proof: "measured on httpd 2.4.71: status=+O sets retry to 0, status=+E is cleared by the first request",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 status=+E
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  # wrong
  BalancerMember http://10.0.0.2:8080 status=+O retry=5
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
  *member(view) {
    for (const letter of view.effective.status) {
      const effect = EFFECTS[letter];
      if (effect === undefined) continue;
      yield {
        at: parameterOf(view, "status"),
        subject: `status of ${view.label}`,
        found: `${letter}, which ${effect}`,
        fix: `leave the letter ${letter} away`,
      };
    }
  },
};
