import { behaves } from "../../vocabulary/behaviours.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a balancer-manager that changes nothing. */
export const nonceNone: Rule = {
  id: "nonce-none",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The nonce of balancer-manager is the random one of each start.",
  why: "With `nonce=None`, or an empty one, httpd takes no change from balancer-manager at all: a member can be neither drained nor disabled without a change of the file. Before 2.4.49 it is the other way round: everybody who reaches the page changes what he likes.",
  proof:
    "measured on httpd 2.4.71: with nonce=None no change in balancer-manager has an effect; on 2.4.37 every one has",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet nonce=None
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
  cluster(cluster, { topology: { httpd } }) {
    const { nonce } = cluster.cluster.parameters;
    if (nonce !== "" && nonce?.toLowerCase() !== "none") return undefined;
    return {
      at: parameterOf(cluster, "nonce"),
      subject: `nonce of ${cluster.label}`,
      found: behaves(httpd, "nonce-none-opens")
        ? `None, with which balancer-manager of httpd ${httpd} takes changes from everybody who reaches it`
        : "None, which makes balancer-manager read-only",
      fix: "leave nonce away",
      repair: { kind: "unset", of: cluster.at, parameter: "nonce" },
    };
  },
};
