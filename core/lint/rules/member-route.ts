import type { Rule } from "../rule.js";

/** LB: one member without a route among others. */
export const memberRoute: Rule = {
  id: "member-route",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "In a balancer with sticky sessions all active members have a route, or none.",
  why: "Sessions that start on the member without a route match nothing at the next request and move to another member: a share of the users is logged out all the time, which looks like chance.",
  proof: "measured on httpd 2.4.71: a session without a member of its route is balanced as if it were new",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  # wrong
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+H
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  BalancerMember http://10.0.0.3:8080 status=+H
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ balancer, members, actives }) {
    if (balancer.sticky === undefined || members.every(({ effective }) => effective.route === "")) return;
    for (const { at, label, effective } of actives) {
      if (effective.route !== "") continue;
      yield {
        at,
        subject: `route of ${label}`,
        found: "none, while other members have one",
        fix: "set route= to the jvmRoute or instance-id of its server",
      };
    }
  },
};
