import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: two members that claim the same sessions. */
export const routeDuplicate: Rule = {
  id: "route-duplicate",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "Members of the same role have different routes.",
  why: "httpd gives a session to the first usable member with its route. Of two members with the same route the second one never gets its own sessions back.",
  proof: "the first member of a route gets all its sessions",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  # wrong
  BalancerMember http://10.0.0.2:8080 route=n1
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ members }) {
    const first = new Map<string, string>();
    for (const view of members) {
      const { route } = view.effective;
      const known = first.get(`${view.role} ${route}`);
      if (route === "") continue;
      if (known === undefined) first.set(`${view.role} ${route}`, view.label);
      else {
        yield {
          at: parameterOf(view, "route"),
          subject: `route of ${view.label}`,
          found: `'${route}', which is also the route of ${known}`,
          fix: "give each member the route of its own server",
        };
      }
    }
  },
};
