import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: one broken page takes a member away. */
export const failonstatus500: Rule = {
  id: "failonstatus-500",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "failonstatus does not hold 500 where another member would take over.",
  why: "An application answers 500 for one broken page. With `failonstatus=500` that page takes its whole member out for the retry time: everybody else is moved to another member or to the standby, sessions with them. Any visitor who finds such a URL can do it to one member after the other.",
  proof: "a 500 in failonstatus lets one page take out its member",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet failonstatus=500,503
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet failonstatus=502,503,504
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    const statuses = cluster.cluster.parameters.failonstatus ?? [];
    if (cluster.members.length < 2 || !statuses.includes(500)) return undefined;
    const others = statuses.filter((status) => status !== 500);
    return {
      at: parameterOf(cluster, "failonstatus"),
      subject: `failonstatus of ${cluster.label}`,
      found: "500, so that one broken page takes its member from everybody",
      fix: `set failonstatus=${(others.length === 0 ? [502, 503, 504] : others).join(",")}`,
    };
  },
};
