import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: weights that only break ties. */
export const bybusynessLoadfactor: Rule = {
  id: "bybusyness-loadfactor",
  group: "weights",
  severity: "warning",
  presets: ["recommended"],
  wanted: "With lbmethod=bybusyness all members have the same load factor.",
  why: "bybusyness picks the member with the fewest requests under way; the load factor only decides among equally busy ones. Under load a member with loadfactor=5 gets no more than the others, while in a quiet hour it gets five times as much.",
  proof: "measured on httpd 2.4.71: bybusyness compares the busy count first, lbstatus only when it is equal",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 loadfactor=5
  BalancerMember http://10.0.0.2:8080
  ProxySet lbmethod=bybusyness
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet lbmethod=bybusyness
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=5
  BalancerMember http://10.0.0.2:8080
  ProxySet lbmethod=byrequests
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ balancer, actives }) {
    if (balancer.lbmethod !== "bybusyness" || new Set(actives.map(({ effective }) => effective.lbfactor)).size < 2) {
      return;
    }
    for (const view of actives) {
      if (view.member.parameters.loadfactor === undefined) continue;
      yield {
        at: parameterOf(view, "loadfactor"),
        subject: `loadfactor of ${view.label}`,
        found: `${view.member.parameters.loadfactor}, which bybusyness uses only between equally busy members`,
        fix: "use lbmethod=byrequests for shares, or leave the load factors away",
      };
    }
  },
};
