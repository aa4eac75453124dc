import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: nofailover without sessions. */
export const nofailoverStickysession: Rule = {
  id: "nofailover-stickysession",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "nofailover is set only where sessions stick.",
  why: "`nofailover` concerns requests that carry the route of a member. Where no session sticks it does nothing, and requests fail over as ever.",
  proof: "measured on httpd 2.4.71: nofailover changes nothing for requests without a route of the balancer",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet nofailover=On
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID nofailover=On
</Proxy>
`,
  ],
  fixable: true,
  unsafe: true,
  cluster(cluster) {
    if (!cluster.balancer.nofailover || cluster.balancer.sticky !== undefined) return undefined;
    return {
      at: parameterOf(cluster, "nofailover"),
      subject: `nofailover of ${cluster.label}`,
      found: "On, without a stickysession",
      fix: "leave nofailover away, or set stickysession and routes",
      repair: { kind: "unset", of: cluster.at, parameter: "nofailover" },
    };
  },
};
