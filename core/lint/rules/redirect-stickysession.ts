import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: redirect without sessions. */
export const redirectStickysession: Rule = {
  id: "redirect-stickysession",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "redirect is set only where sessions stick.",
  why: "httpd reads `redirect` while it looks up the member of a session, and nowhere else: requests without a session are not redirected, whatever the manual says.",
  proof: "measured on httpd 2.4.71: redirect has no effect without a sticky route",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 redirect=n2
  BalancerMember http://10.0.0.2:8080 route=n2
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1 redirect=n2
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: true,
  unsafe: true,
  member(view, { balancer }) {
    if (balancer.sticky !== undefined) return undefined;
    if (view.effective.redirect === "") return undefined;
    return {
      at: parameterOf(view, "redirect"),
      subject: `redirect of ${view.label}`,
      found: `'${view.effective.redirect}', without a stickysession`,
      fix: "leave redirect away, or set stickysession and routes",
      repair: { kind: "unset", of: view.at, parameter: "redirect" },
    };
  },
};
