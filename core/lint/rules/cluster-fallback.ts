import type { Rule } from "../rule.js";

/** LB: nothing takes over when the actives are down. */
export const clusterFallback: Rule = {
  id: "cluster-fallback",
  group: "promise",
  severity: "note",
  presets: [],
  wanted: "A balancer has a standby, a spare or a second lbset for the case that its active members are down.",
  why: "When no member is usable httpd answers 503 itself (AH01170). A `status=+H` member costs nothing while the others work, and may be a small one that only says sorry.",
  proof:
    "measured on httpd 2.4.71: with all members stopped every request is answered 503, with a standby up the next one is served",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+H
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080 lbset=1
</Proxy>
`,
  ],
  fixable: false,
  cluster({ at, label, actives, standbys, spares }) {
    const sets = new Set(actives.map(({ effective }) => effective.lbset));
    if (actives.length === 0 || sets.size > 1 || standbys.length > 0 || spares.length > 0) return undefined;
    const alone = actives.length === 1;
    const found = alone ? "one active member and nothing" : `${actives.length} active members in one set and nothing`;
    return {
      at,
      subject: label,
      found: `${found} behind ${alone ? "it" : "them"}`,
      fix: "add a member with status=+H",
    };
  },
};
