import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: sessions that move with every request, where a standby takes them over. */
export const stickysessionAffinity: Rule = {
  id: "stickysession-affinity",
  group: "sessions",
  severity: "note",
  presets: [],
  wanted: "Where stickysession is set beside a standby, the active members have routes.",
  why: "A standby can only go on with sessions that every node holds, so nothing is lost without routes. But nothing sticks either: each request of a session goes to the next member in turn, which sees it before the copy of its last change has arrived.",
  proof: "stickysession without routes does not stick",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+H
  # wrong
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
  cluster(cluster) {
    const { balancer, standbys, actives, label } = cluster;
    if (balancer.sticky === undefined || standbys.length === 0 || actives.length < 2) return undefined;
    if (cluster.members.some(({ effective }) => effective.route !== "")) return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${label}`,
      found: `'${cluster.cluster.parameters.stickysession ?? ""}', and no member has a route`,
      fix: "give each active member the jvmRoute or instance-id of its server as route=",
    };
  },
};
