import { LONG_WAIT } from "../long-wait.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a short `timeout` of a balancer that was meant for its members. */
export const balancerTimeoutMembers: Rule = {
  id: "balancer-timeout-members",
  group: "time",
  severity: "note",
  presets: ["recommended"],
  wanted: "Where a balancer has a timeout, its members say how long an answer may take.",
  why: "`ProxySet timeout=5` is not the time that a response may take: it lets a request wait five seconds while no member is usable. How long httpd waits for an answer is the timeout of the BalancerMember, else ProxyTimeout, else 60 seconds.",
  proof: "measured on httpd 2.4.71: with timeout=2 on a balancer without a usable member the 503 comes after 2.02 s",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet timeout=5
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 timeout=30
  BalancerMember http://10.0.0.2:8080 timeout=30
  ProxySet timeout=5
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    const { timeout } = cluster.balancer;
    if (timeout === 0n || timeout >= LONG_WAIT || cluster.members.length === 0) return undefined;
    if (cluster.members.some(({ member }) => member.parameters.timeout !== undefined)) return undefined;
    return {
      at: parameterOf(cluster, "timeout"),
      subject: `timeout of ${cluster.label}`,
      found: `${Number(timeout) / 1_000_000} seconds, which a request waits while no member can serve, and no member has one of its own`,
      fix: "set timeout= on the BalancerMember lines if the time of a response is meant",
    };
  },
};
