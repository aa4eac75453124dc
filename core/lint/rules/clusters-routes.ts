import { addressOf } from "../../httpd/backend.js";
import { parameterOf } from "../view.js";
import type { MemberView } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: one node with two names. */
export const clustersRoutes: Rule = {
  id: "clusters-routes",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A node that is a member of several balancers has the same route in all of them.",
  why: "A session carries one route. Where http and WebSocket balancers, or two applications, name the same node differently, requests of one session go to different nodes depending on the path.",
  proof: "measured on httpd 2.4.71: routes are compared within the balancer of the request only",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID
</Proxy>
<Proxy balancer://push>
  # wrong
  BalancerMember ws://10.0.0.1:8080 route=n2
  # wrong
  BalancerMember ws://10.0.0.2:8080 route=n1
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
<Proxy balancer://push>
  BalancerMember ws://10.0.0.1:8080 route=n1
  BalancerMember ws://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: false,
  *check({ clusters }) {
    const known = new Map<string, MemberView>();
    for (const { balancer, members } of clusters) {
      if (balancer.sticky === undefined) continue;
      for (const view of members) {
        if (view.backend === undefined || view.effective.route === "") continue;
        const key = `${balancer.sticky.cookie} ${addressOf(view.backend)}`;
        const first = known.get(key);
        if (first === undefined) known.set(key, view);
        else if (first.effective.route !== view.effective.route) {
          yield {
            at: parameterOf(view, "route"),
            subject: `route of ${view.label}`,
            found: `'${view.effective.route}', which is '${first.effective.route}' for ${first.label}`,
            fix: "use one route for a node everywhere: its jvmRoute or instance-id",
          };
        }
      }
    }
  },
};
