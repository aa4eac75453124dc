import { triesMissing } from "../broken-promises.js";
import type { Rule } from "../rule.js";

/** LB: the default `maxattempts` and a rolling restart. */
export const rollingRestartMaxattempts: Rule = {
  id: "rolling-restart-maxattempts",
  group: "promise",
  severity: "note",
  presets: ["recommended"],
  yields: true,
  wanted: "There are two tries for each other member, so that a rolling restart loses no request.",
  why: "When the member that just came back is still marked in error and the other one goes down, the first try fails, forced recovery clears all members, the turn order picks the dead one again, and the default of members minus one tries is used up: 503 although a member is up. Two tries for each other member (`maxattempts=2` of two members, 4 of three) serve it.",
  proof:
    "measured on httpd 2.4.71: two members, stop a, request, start a, stop b, request: 503; with maxattempts=2 or 3: 200",
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=30
  BalancerMember http://10.0.0.2:8080 retry=30
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=30
  BalancerMember http://10.0.0.2:8080 retry=30
  ProxySet maxattempts=2
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: true,
  unsafe: true,
  cluster(cluster, view) {
    const members = cluster.inService.length;
    const enough = triesMissing(view, cluster);
    const { maxAttempts } = cluster.balancer;
    // Fewer tries than other members are another rule's.
    if (enough === undefined || maxAttempts < members - 1) return undefined;
    const when =
      members === 2 ? "a rolling restart can lose a request" : `with ${members - 1} of them down one can be lost`;
    return {
      at: cluster.at,
      subject: `maxattempts of ${cluster.label}`,
      found: `${maxAttempts}, with ${members} members: ${when}`,
      fix: `set maxattempts=${enough}`,
      repair: { kind: "set", of: cluster.at, parameter: "maxattempts", value: String(enough) },
    };
  },
};
