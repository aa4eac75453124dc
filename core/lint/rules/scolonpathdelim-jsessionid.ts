import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: path parameters behind the session. */
export const scolonpathdelimJsessionid: Rule = {
  id: "scolonpathdelim-jsessionid",
  group: "sessions",
  severity: "note",
  presets: [],
  wanted: "A session in the path ends at the next semicolon.",
  why: "Without `scolonpathdelim=On` the session in `/a;jsessionid=x.n2;y=1` is read up to the next `?` or `&`: the route becomes `n2;y=1` and matches nothing.",
  proof: "a path parameter behind the session hides the route unless scolonpathdelim is On",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=JSESSIONID|jsessionid scolonpathdelim=On
</Proxy>
`,
  ],
  fixable: true,
  cluster(cluster) {
    const { balancer } = cluster;
    if (balancer.sticky?.parameter !== "jsessionid" || balancer.semicolonDelimits) return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `scolonpathdelim of ${cluster.label}`,
      found: "Off, with sessions in the path",
      fix: "set scolonpathdelim=On",
      repair: { kind: "set", of: cluster.at, parameter: "scolonpathdelim", value: "On" },
    };
  },
};
