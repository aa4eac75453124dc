import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: both letters. */
export const spareStandbyStatus: Rule = {
  id: "spare-standby-status",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A member is a spare or a standby, not both.",
  why: "httpd looks at R first: a member with both letters is a spare only, and does not serve when more members of its set are down than it replaces by its turn.",
  proof: "measured on httpd 2.4.71: +RH behaves as +R",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  # wrong
  BalancerMember http://10.0.0.2:8080 status=+RH
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
  member(view) {
    const { status } = view.effective;
    if (!status.has("R") || !status.has("H")) return undefined;
    return {
      at: parameterOf(view, "status"),
      subject: `status of ${view.label}`,
      found: "both R and H, of which httpd heeds R",
      fix: "keep the letter that is meant: +R replaces a failed member one by one, +H waits for the last one to fail",
    };
  },
};
