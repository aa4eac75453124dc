import type { ClusterView } from "../view.js";
import type { Rule } from "../rule.js";

const PATIENCE = 60_000;

/** LB: a client that waits for one dead host after the other. */
export const connectiontimeoutSum: Rule = {
  id: "connectiontimeout-sum",
  group: "time",
  severity: "warning",
  presets: [],
  wanted: "Trying all members of a balancer one after the other takes less than a minute.",
  why: "A request that meets hosts that drop packets waits for each connect in turn. Browsers, load balancers in front and health checks give up after 30 to 60 seconds, so a failover that takes longer is none.",
  proof: "measured on httpd 2.4.71: each try waits its own connectiontimeout before the next member is asked",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 connectiontimeout=30
  BalancerMember http://10.0.0.2:8080 connectiontimeout=30
  BalancerMember http://10.0.0.3:8080 connectiontimeout=30
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 connectiontimeout=5
  BalancerMember http://10.0.0.2:8080 connectiontimeout=5
  BalancerMember http://10.0.0.3:8080 connectiontimeout=5
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    const total = waitBeforeLastTry(cluster);
    if (total < PATIENCE) return undefined;
    return {
      at: cluster.at,
      subject: `connect timeouts of ${cluster.label}`,
      found: `${total / 1000} seconds before the last member is tried`,
      fix: "lower connectiontimeout of the members",
    };
  },
};

/** Milliseconds of the longest waits before the last try; only what is written counts. */
function waitBeforeLastTry({ balancer, inService }: ClusterView): number {
  const waits = inService.map(({ member }) => member.parameters.connectiontimeout?.milliseconds ?? 0);
  const longest = waits.sort((one, other) => other - one).slice(0, Math.min(balancer.maxAttempts, waits.length - 1));
  return longest.reduce((sum, wait) => sum + wait, 0);
}
