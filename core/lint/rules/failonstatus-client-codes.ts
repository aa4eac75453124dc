import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: members that any client can throw out. */
export const failonstatusClientCodes: Rule = {
  id: "failonstatus-client-codes",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "failonstatus holds only codes that mean the member is broken, 500 and above.",
  why: "A member that answers a code of the list is put into error for its whole retry time, after the answer was sent. With a 4xx code in the list a client that asks for a page that does not exist takes out one member after the other.",
  proof: "a 404 in failonstatus lets a client take out members",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet failonstatus=404,503
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet failonstatus=503
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    const codes = cluster.balancer.failOnStatus;
    const normal = codes.filter((code) => code < 500);
    if (normal.length === 0) return undefined;
    const left = codes.filter((code) => code >= 500).join(",");
    return {
      at: parameterOf(cluster, "failonstatus"),
      subject: `failonstatus of ${cluster.label}`,
      found: `${normal.join(", ")}, which applications answer normally`,
      fix: left === "" ? "leave failonstatus away" : `set failonstatus=${left}`,
    };
  },
};
