import type { Rule } from "../rule.js";

/** LB: the default `maxattempts` and a rolling restart. */
export const rollingRestartMaxattempts: Rule = {
  id: "rolling-restart-maxattempts",
  group: "promise",
  severity: "note",
  presets: [],
  wanted: "There are twice as many tries as members, so that a rolling restart loses no request.",
  why: "When the member that just came back is still marked in error and the other one goes down, the first try fails, forced recovery clears all members, the turn order picks the dead one again, and the default of members minus one tries is used up: 503 although a member is up. Two tries a member (`maxattempts` of twice the members minus one) serve it.",
  proof:
    "measured on httpd 2.4.71: two members, stop a, request, start a, stop b, request: 503; with maxattempts=3: 200",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=30
  BalancerMember http://10.0.0.2:8080 retry=30
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=30
  BalancerMember http://10.0.0.2:8080 retry=30
  ProxySet maxattempts=3
</Proxy>
`,
  ],
  fixable: true,
  cluster(cluster) {
    const members = cluster.inService.length;
    const enough = 2 * members - 1;
    if (members < 2 || cluster.balancer.maxAttempts >= enough) return undefined;
    return {
      at: cluster.at,
      subject: `maxattempts of ${cluster.label}`,
      found: `${cluster.balancer.maxAttempts}, with ${members} members`,
      fix: `set maxattempts=${enough}`,
      repair: { kind: "set", of: cluster.at, parameter: "maxattempts", value: String(enough) },
    };
  },
};
