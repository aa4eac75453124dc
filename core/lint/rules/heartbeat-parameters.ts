import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

const IGNORED = ["loadfactor", "lbset", "status"] as const;

/** LB: what heartbeat does not look at. */
export const heartbeatParameters: Rule = {
  id: "heartbeat-parameters",
  group: "weights",
  severity: "error",
  presets: ["recommended"],
  wanted: "With lbmethod=heartbeat members have no load factor, lbset, standby or spare.",
  why: "The heartbeat method draws by the idle slots that servers report and looks at nothing else: a `status=+H` member serves as every other one, sets and load factors are ignored.",
  proof: "measured on httpd 2.4.71: heartbeat ignores lbset, H, R, N and loadfactor",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://app1.example:8080
  # wrong
  BalancerMember http://app2.example:8080 status=+H
  ProxySet lbmethod=heartbeat
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://app1.example:8080
  BalancerMember http://app2.example:8080
  ProxySet lbmethod=heartbeat
</Proxy>
`,
  ],
  fixable: false,
  *member(view, { balancer }) {
    if (balancer.lbmethod !== "heartbeat") return;
    const { parameters } = view.member;
    for (const name of IGNORED) {
      const value = parameters[name];
      if (value === undefined || (name === "status" && view.role !== "standby" && view.role !== "spare")) continue;
      yield {
        at: parameterOf(view, name),
        subject: `${name} of ${view.label}`,
        found: `${value}, which heartbeat ignores`,
        fix: "leave it away, or use another lbmethod",
      };
    }
  },
};
