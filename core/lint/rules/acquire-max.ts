import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a wait for a pool that is never full. */
export const acquireMax: Rule = {
  id: "acquire-max",
  group: "time",
  severity: "note",
  presets: [],
  wanted: "acquire comes with a max below the threads of a child process.",
  why: "`acquire` is the wait for a free connection of a full pool. Without `max` the pool has as many connections as the child has threads, so it is never full and nobody ever waits.",
  proof: "measured on httpd 2.4.71: acquire has an effect only where max is below the threads of a child process",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 acquire=500
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 acquire=500 max=10
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  member(view) {
    const { acquire, max } = view.member.parameters;
    if (acquire === undefined || max !== undefined) return undefined;
    return {
      at: parameterOf(view, "acquire"),
      subject: `acquire of ${view.label}`,
      found: `${acquire.milliseconds} ms without a max`,
      fix: "set max= to the connections the backend can serve for one child process, or drop acquire",
    };
  },
};
