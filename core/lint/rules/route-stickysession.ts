import { misquoted } from "../misquoted.js";
import type { Rule } from "../rule.js";

/** LB: routes that nobody reads. */
export const routeStickysession: Rule = {
  id: "route-stickysession",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Where members have routes, the balancer has a stickysession.",
  why: "Routes are looked at only when a session is looked for. Without `stickysession` the route of every session is ignored.",
  proof: "measured on httpd 2.4.71: routes without stickysession change nothing",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
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
  cluster(cluster, { clusters }) {
    if (cluster.cluster.parameters.stickysession !== undefined) return undefined;
    // What stands in the quotes of a name is told by mount-cluster.
    if (/\bstickysession=/i.test(misquoted(cluster.cluster.name)?.rest ?? "")) return undefined;
    const routed = cluster.members.filter(({ effective }) => effective.route !== "");
    if (routed.length < 2) return undefined;
    const elsewhere = clusters.filter((other) => other !== cluster && other.cluster.name === cluster.cluster.name);
    if (elsewhere.some((other) => other.cluster.parameters.stickysession !== undefined)) return undefined;
    return {
      at: cluster.at,
      subject: `stickysession of ${cluster.label}`,
      found: `not set, while ${routed.length} members have routes`,
      fix: "set stickysession= to the cookie of the application, for example JSESSIONID|jsessionid",
    };
  },
};
