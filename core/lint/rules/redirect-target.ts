import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: `redirect` that leads nowhere. */
export const redirectTarget: Rule = {
  id: "redirect-target",
  group: "promise",
  severity: "error",
  presets: ["recommended"],
  wanted: "The redirect of a member is the route of another member of the same balancer.",
  why: "httpd looks the redirect up among the routes of the balancer, and ignores it without a word where no member has it: the sessions of the failed member are spread over all members instead of going to the one that holds them.",
  proof: "measured on httpd 2.4.71: a redirect without a member of that route has no effect",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 route=n1 redirect=n3
  BalancerMember http://10.0.0.2:8080 route=n2 redirect=n1
  ProxySet stickysession=SHOPID
</Proxy>
`,
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 route=n1 redirect=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1 redirect=n2
  BalancerMember http://10.0.0.2:8080 route=n2 redirect=n1
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ label, members }) {
    const routes = new Set(members.map(({ effective }) => effective.route));
    for (const view of members) {
      const { redirect, route } = view.effective;
      if (redirect === "" || (redirect !== route && routes.has(redirect))) continue;
      yield {
        at: parameterOf(view, "redirect"),
        subject: `redirect of ${view.label}`,
        found: redirect === route ? `'${redirect}', its own route` : `'${redirect}', which is no route in ${label}`,
        fix: "name the route of the member that takes over its sessions",
      };
    }
  },
};
