import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: pool sizes that httpd clamps. */
export const poolSizes: Rule = {
  id: "pool-sizes",
  group: "time",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The sizes of a connection pool rise: min, smax, max.",
  why: "httpd clamps a `min` above `smax` and a `smax` above `max` at start without a word: the pool has another size than the file says.",
  proof: "measured on httpd 2.4.71: min above smax and smax above max pass the configuration test",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 smax=50 max=20
  # wrong
  BalancerMember http://10.0.0.2:8080 min=10 smax=5 max=20
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 min=5 smax=10 max=20
  BalancerMember http://10.0.0.2:8080 max=20
</Proxy>
`,
  ],
  fixable: true,
  member(view) {
    const { min = 0, max, smax = max } = view.member.parameters;
    const wrong =
      max !== undefined && smax !== undefined && smax > max ? { name: "smax", limit: "max", value: max } : undefined;
    const low = smax !== undefined && min > smax ? { name: "min", limit: "smax", value: smax } : undefined;
    const clamped = wrong ?? low;
    if (clamped === undefined) return undefined;
    return {
      at: parameterOf(view, clamped.name),
      subject: `${clamped.name} of ${view.label}`,
      found: `${clamped.name} above ${clamped.limit}=${clamped.value}`,
      fix: `set ${clamped.name}=${clamped.value}, or raise ${clamped.limit}`,
      repair: { kind: "set", of: view.at, parameter: clamped.name, value: String(clamped.value) },
    };
  },
};
