import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: sessions that stay on the standby. */
export const standbyRoute: Rule = {
  id: "standby-route",
  group: "sessions",
  severity: "note",
  presets: ["recommended"],
  wanted: "A standby has no route.",
  why: "A session that carries the route of the standby is served by the standby even while all actives are up. Sessions that were born or moved there in an outage stay for good: the actives are back, and the standby goes on working. Without a route on the standby they go back to an active at the next request.",
  proof: "a session with the standby's route stays on the standby",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  BalancerMember http://10.0.0.3:8080 route=n3 status=+H
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
  *cluster({ balancer, actives, standbys }) {
    // With nofailover=On sessions are not shared: those of the standby have to stay on it.
    if (balancer.sticky === undefined || balancer.nofailover || actives.length === 0) return;
    const routes = new Set(actives.map(({ effective }) => effective.route));
    for (const standby of standbys) {
      const { route } = standby.effective;
      if (route === "" || routes.has(route)) continue;
      yield {
        at: parameterOf(standby, "route"),
        subject: `route of ${standby.label}`,
        found: `'${route}', so that sessions born in an outage stay on the standby`,
        fix: "leave the route of the standby away",
      };
    }
  },
};
