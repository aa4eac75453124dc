import { hostKey, lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: one balancer in two places. */
export const clusterSplit: Rule = {
  id: "cluster-split",
  group: "wiring",
  severity: "note",
  presets: [],
  wanted: "A balancer is defined in one place.",
  why: "httpd adds up the members of all `<Proxy balancer://name>` sections of a name, and the parameter executed last wins: who reads one of them does not see the balancer.",
  proof: "measured on httpd 2.4.71: <Proxy balancer://c> twice adds up the members",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.2:8080
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
  fixable: false,
  *check({ conf }) {
    const first = new Map<string, number>();
    for (const written of conf?.named("proxy") ?? []) {
      const name = (written.words[0]?.text ?? "").toLowerCase();
      if (!name.startsWith("balancer:")) continue;
      const key = `${hostKey(written)} ${name}`;
      const known = first.get(key);
      if (known === undefined) first.set(key, written.statement.place.line);
      else {
        yield {
          at: lineSpot(written),
          subject: name,
          found: `defined here and on line ${known}`,
          fix: "join the sections",
        };
      }
    }
  },
};
