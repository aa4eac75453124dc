import { registers } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: nobody there. */
export const clusterWithoutMembers: Rule = {
  id: "cluster-without-members",
  group: "promise",
  severity: "error",
  presets: ["recommended"],
  wanted: "A balancer has members.",
  why: "An empty balancer passes the configuration test and answers every request 503 (AH01171).",
  proof: "a balancer without members answers 503",
  bad: [
    `# wrong
<Proxy balancer://shop>
  ProxySet lbmethod=byrequests
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  ProxySet lbmethod=byrequests
</Proxy>
`,
  ],
  fixable: false,
  *check({ clusters, conf }) {
    if (registers(conf)) return;
    const shared = new Set(clusters.flatMap(({ cluster }) => (cluster.scope === undefined ? [cluster.name] : [])));
    for (const { at, label, members, implied, cluster } of clusters) {
      // A virtual host may change the parameters of a balancer of the main server; the members are there.
      const changed = cluster.scope !== undefined && shared.has(cluster.name);
      if (members.length > 0 || implied || changed) continue;
      yield { at, subject: label, found: "no member", fix: "add BalancerMember lines, or remove the balancer" };
    }
  },
};
