import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

const SHORT = 10_000_000n;

/** LB: forced recovery switched off with long retry times. */
export const forcerecoveryRetry: Rule = {
  id: "forcerecovery-retry",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "With forcerecovery=Off every member is retried within 10 seconds.",
  why: "With `forcerecovery=Off` httpd answers 503 at once, without trying anyone, until the retry time of a member has passed. At the default of 60 seconds a blip of all members becomes a minute of 503.",
  proof:
    "measured on httpd 2.4.71: forcerecovery=Off, all members in error and back: 503 until a retry time has passed",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet forcerecovery=Off
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=5
  BalancerMember http://10.0.0.2:8080 retry=5
  ProxySet forcerecovery=Off
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    if (cluster.balancer.forceRecovery || cluster.inService.length === 0) return undefined;
    if (cluster.inService.every(({ effective }) => effective.retry <= SHORT)) return undefined;
    return {
      at: parameterOf(cluster, "forcerecovery"),
      subject: `forcerecovery of ${cluster.label}`,
      found: "Off, with a retry time above 10 seconds",
      fix: "set forcerecovery=On, or retry=10 or less on the members",
    };
  },
};
