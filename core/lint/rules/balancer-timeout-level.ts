import { LONG_WAIT } from "../long-wait.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: the balancer's `timeout` is another thing than a member's. */
export const balancerTimeoutLevel: Rule = {
  id: "balancer-timeout-level",
  group: "time",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The timeout of a balancer, the wait for a usable member, stays below 10 seconds.",
  why: "On a balancer `timeout` is how long a request waits while no member is usable, not how long a backend may take. With `ProxySet timeout=60` every client hangs for up to a minute before its 503, and slow backends are still cut off by the member's own timeout.",
  proof: "measured on httpd 2.4.71: with timeout=2 on a balancer without a usable member the 503 comes after 2.02 s",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet timeout=60
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 timeout=60
  BalancerMember http://10.0.0.2:8080 timeout=60
  ProxySet timeout=2
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    if (cluster.balancer.timeout < LONG_WAIT) return undefined;
    return {
      at: parameterOf(cluster, "timeout"),
      subject: `timeout of ${cluster.label}`,
      found: `${cluster.balancer.timeout / 1_000_000n} seconds, which a request waits while no member can serve`,
      fix: "move it to the BalancerMember lines if the time of a response is meant; else lower it",
    };
  },
};
