import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: `maxattempts` that leaves members untried. */
export const failoverMaxattempts: Rule = {
  id: "failover-maxattempts",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A request may try every member of the balancer before it is answered 503.",
  why: "`maxattempts` counts the tries after the first one; the default is the number of members minus one. Fewer means that a request is answered 503 while a member that would have served it was never asked; `maxattempts=0` switches failover off.",
  proof:
    "measured on httpd 2.4.71: connection refused with maxattempts=0 is answered 503, without it by the next member",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet maxattempts=0
</Proxy>
`,
    `# wrong
<Proxy balancer://shop maxattempts=1>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet maxattempts=1
</Proxy>
`,
  ],
  fixable: true,
  cluster(cluster) {
    const { maxattempts } = cluster.cluster.parameters;
    const others = cluster.inService.length - 1;
    if (maxattempts === undefined || cluster.standbys.length > 0 || maxattempts >= others) return undefined;
    return {
      at: parameterOf(cluster, "maxattempts"),
      subject: `maxattempts of ${cluster.label}`,
      found: `${maxattempts}, with ${others + 1} members`,
      fix: `set maxattempts=${2 * others}, two tries for each other member`,
      repair: { kind: "set", of: cluster.at, parameter: "maxattempts", value: String(2 * others) },
    };
  },
};
