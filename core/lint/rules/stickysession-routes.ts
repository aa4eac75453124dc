import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: stickysession that cannot stick. */
export const stickysessionRoutes: Rule = {
  id: "stickysession-routes",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "Where stickysession is set, the members have routes; a standby says that every node holds all sessions.",
  why: "httpd takes the text behind the separator of the session and looks for a member with exactly that route. Without routes it finds none: the requests of a session go round all members as if `stickysession` were not there, and every application that does not replicate its sessions loses them.",
  proof: "stickysession without routes does not stick",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
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
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    if (cluster.balancer.sticky === undefined || cluster.members.length < 2 || cluster.standbys.length > 0)
      return undefined;
    if (cluster.members.some(({ effective }) => effective.route !== "")) return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${cluster.label}`,
      found: `'${cluster.cluster.parameters.stickysession ?? ""}', and no member has a route`,
      fix: "give each active member the jvmRoute or instance-id of its server as route=; or drop stickysession where every node holds all sessions",
    };
  },
};
