import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a full pool that blocks for ever. */
export const poolWithoutAcquire: Rule = {
  id: "pool-without-acquire",
  group: "time",
  severity: "warning",
  presets: [],
  wanted: "A member with a max says how long a request waits for a free connection.",
  why: "When all `max` connections of a child process are in use, the next request waits without a limit unless `acquire` is set: one hanging backend fills the threads of httpd, and no failover happens.",
  proof: "measured on httpd 2.4.71: a full pool without acquire waits for ever; with acquire the next member serves",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 max=10
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 max=10 acquire=2000
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  member(view) {
    const { acquire, max } = view.member.parameters;
    if (max === undefined || acquire !== undefined) return undefined;
    return {
      at: parameterOf(view, "max"),
      subject: `acquire of ${view.label}`,
      found: `not set, with max=${max}`,
      fix: "set acquire=2000, or what a client may wait (milliseconds)",
    };
  },
};
