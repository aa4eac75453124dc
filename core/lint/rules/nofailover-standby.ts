import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: sessions that a standby must not take. */
export const nofailoverStandby: Rule = {
  id: "nofailover-standby",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A balancer with a standby lets sessions move to it.",
  why: "With `nofailover=On` a request whose session belongs to a failed member is answered 503 until that member is back, standby or not. Only users without a session reach the standby.",
  proof: "nofailover keeps sessions away from the standby",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  BalancerMember http://10.0.0.3:8080 status=+H
  # wrong
  ProxySet stickysession=SHOPID nofailover=On
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
  cluster(cluster) {
    const { balancer, standbys, spares, label } = cluster;
    if (!balancer.nofailover || balancer.sticky === undefined || standbys.length + spares.length === 0)
      return undefined;
    return {
      at: parameterOf(cluster, "nofailover"),
      subject: `nofailover of ${label}`,
      found: "On, with a standby or spare that sessions then never reach",
      fix: "leave nofailover away",
    };
  },
};
