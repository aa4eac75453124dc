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
  *check({ clusters }) {
    for (const { at, label, members, implied } of clusters) {
      if (members.length > 0 || implied) continue;
      yield { at, subject: label, found: "no member", fix: "add BalancerMember lines, or remove the balancer" };
    }
  },
};
