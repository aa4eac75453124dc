import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a weight that weighs against nothing. */
export const standbyLoadfactor: Rule = {
  id: "standby-loadfactor",
  group: "weights",
  severity: "note",
  presets: [],
  wanted: "The only standby of an lbset has no load factor.",
  why: "Load factors are compared among the members that may serve at the same moment. A single standby serves alone, so its weight has no effect, and reads as if it had.",
  proof: "measured on httpd 2.4.71: standbys are compared with standbys of their set only",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=2
  BalancerMember http://10.0.0.2:8080 loadfactor=5
  # wrong
  BalancerMember http://10.0.0.3:8080 loadfactor=3 status=+H
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=2
  BalancerMember http://10.0.0.2:8080 loadfactor=5
  BalancerMember http://10.0.0.3:8080 status=+H
</Proxy>
`,
  ],
  fixable: true,
  *cluster({ standbys }) {
    for (const view of standbys) {
      const { loadfactor } = view.member.parameters;
      if (loadfactor === undefined) continue;
      if (standbys.some((other) => other !== view && other.effective.lbset === view.effective.lbset)) continue;
      yield {
        at: parameterOf(view, "loadfactor"),
        subject: `loadfactor of ${view.label}`,
        found: `${loadfactor} on the only standby of its set`,
        fix: "leave loadfactor away",
        repair: { kind: "unset", of: view.at, parameter: "loadfactor" },
      };
    }
  },
};
