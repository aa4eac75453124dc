import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: reacting on a timeout of a minute. */
export const failontimeoutTimeout: Rule = {
  id: "failontimeout-timeout",
  group: "time",
  severity: "note",
  presets: [],
  wanted: "With failontimeout=On the members or the server set a timeout.",
  why: "`failontimeout` puts a member into error when it did not answer in time. Which time is the member's `timeout`, else ProxyTimeout, else Timeout: a minute in which every client hangs.",
  proof: "measured on httpd 2.4.71: failontimeout=On marks a member in error after its read timeout",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet failontimeout=On
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 timeout=10
  BalancerMember http://10.0.0.2:8080 timeout=10
  ProxySet failontimeout=On
</Proxy>
`,
  ],
  fixable: false,
  *check({ clusters, scopes }) {
    const wide = scopes.some(({ scope }) => scope.settings.proxytimeout !== undefined);
    for (const cluster of clusters) {
      if (!cluster.balancer.failOnTimeout || wide) continue;
      if (cluster.members.every(({ member }) => member.parameters.timeout !== undefined)) continue;
      yield {
        at: parameterOf(cluster, "failontimeout"),
        subject: `failontimeout of ${cluster.label}`,
        found: "On, with members that have no timeout",
        fix: "set timeout= on the members or ProxyTimeout",
      };
    }
  },
};
