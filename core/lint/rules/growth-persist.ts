import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: members that the next reload forgets. */
export const growthPersist: Rule = {
  id: "growth-persist",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "growth is used only where members added at run time are kept.",
  why: "`growth` lets balancer-manager add members. Without `BalancerPersist On` they, and every drain and weight set there, are gone after the next reload, without a word.",
  proof:
    "measured on httpd 2.4.71: added members and live changes are gone after a graceful restart without BalancerPersist",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet growth=10
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: true,
  *check({ clusters, scopes }) {
    if (scopes.some(({ scope }) => scope.settings.balancerpersist === true)) return;
    for (const cluster of clusters) {
      const { growth } = cluster.cluster.parameters;
      if (growth === undefined) continue;
      yield {
        at: parameterOf(cluster, "growth"),
        subject: `growth of ${cluster.label}`,
        found: `${growth}, without BalancerPersist`,
        fix: "leave growth away and add members in the file",
        repair: { kind: "unset", of: cluster.at, parameter: "growth" },
      };
    }
  },
};
