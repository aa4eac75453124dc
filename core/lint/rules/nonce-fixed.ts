import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: protection that everybody who reads the file knows. */
export const nonceFixed: Rule = {
  id: "nonce-fixed",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "The nonce of balancer-manager is the random one of each start.",
  why: "The nonce is what keeps another site from making an operator's browser change the balancer. A fixed one in the file is known to everybody who can read it, and never changes.",
  proof:
    "measured on httpd 2.4.71: a change in balancer-manager is taken from whoever sends the nonce with a matching Referer",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet nonce=5a7b-11
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: true,
  unsafe: true,
  cluster(cluster) {
    const { nonce } = cluster.cluster.parameters;
    if (nonce === undefined || nonce === "" || nonce.toLowerCase() === "none" || nonce.startsWith("${"))
      return undefined;
    return {
      at: parameterOf(cluster, "nonce"),
      subject: `nonce of ${cluster.label}`,
      found: "a fixed value",
      fix: "leave nonce away",
      repair: { kind: "unset", of: cluster.at, parameter: "nonce" },
    };
  },
};
