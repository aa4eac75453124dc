import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

const SHORTEST = 4;

/** LB: a URL parameter that is part of other words. */
export const stickysessionShortName: Rule = {
  id: "stickysession-short-name",
  group: "sessions",
  severity: "note",
  presets: [],
  wanted: "The URL name of a session has at least four characters.",
  why: "httpd searches the URL for the name anywhere, without looking at what stands before it: with the name `id` the request `/list?productid=7.n2` is taken for a session of member n2.",
  proof: "the name of a session is found inside other words of the URL",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=SHOPID|id
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID|shopsession
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    const name = cluster.balancer.sticky?.parameter;
    if (name === undefined || name.length >= SHORTEST) return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${cluster.label}`,
      found: `the URL name '${name}'`,
      fix: "use a longer name in URLs",
    };
  },
};
