import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: `maxattempts` that gives up before the standby's turn. */
export const standbyMaxattempts: Rule = {
  id: "standby-maxattempts",
  group: "promise",
  severity: "error",
  presets: ["recommended"],
  wanted: "There are enough tries for a request to fail on every active member and still reach the standby.",
  why: "httpd tries `maxattempts` more members after the first one. With two dead actives and `maxattempts=1` the first request after the failure, and one in every retry window, is answered 503 although the standby is up.",
  proof: "measured on httpd 2.4.71: maxattempts=1, both actives stopped, one 503 before the standby serves",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+H
  # wrong
  ProxySet maxattempts=1
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+H
  ProxySet maxattempts=2
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080 status=+H
</Proxy>
`,
  ],
  fixable: true,
  cluster(cluster) {
    const { maxattempts } = cluster.cluster.parameters;
    const before = cluster.inService.length - cluster.standbys.length;
    if (maxattempts === undefined || cluster.standbys.length === 0 || maxattempts >= before) return undefined;
    const enough = 2 * (cluster.inService.length - 1);
    return {
      at: parameterOf(cluster, "maxattempts"),
      subject: `maxattempts of ${cluster.label}`,
      found: `${maxattempts}, with ${before} members before the standby`,
      fix: `set maxattempts=${enough}, two tries for each other member`,
      repair: { kind: "set", of: cluster.at, parameter: "maxattempts", value: String(enough) },
    };
  },
};
