import { byteLength } from "../../httpd/byte-length.js";
import { parameterOf } from "../view.js";
import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const LONGEST = 63;

/** LB: a stickysession httpd reads otherwise. */
export const stickysessionName: Rule = {
  id: "stickysession-name",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "stickysession names a cookie, in 63 characters or fewer.",
  why: "An empty cookie name, as in `stickysession=` or `stickysession=|jsessionid`, switches stickiness off altogether, URLs included; names are cut at 63 characters. Both pass the configuration test.",
  proof: "an empty cookie name switches stickiness off",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=|jsessionid
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID|shopid
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster) {
    if (cluster.balancer.sticky !== undefined || cluster.cluster.parameters.stickysession === undefined)
      return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${cluster.label}`,
      found: `'${cluster.cluster.parameters.stickysession}', which has no cookie name`,
      fix: "name the cookie: COOKIE|parameter",
    };
  },
  *check({ conf }) {
    for (const { value, word, owner } of conf?.keyed("stickysession") ?? []) {
      if (byteLength(value) <= LONGEST) continue;
      yield {
        at: wordSpot(word),
        subject: `stickysession of ${owner}`,
        found: `${byteLength(value)} characters, which httpd cuts at ${LONGEST}`,
        fix: "use a shorter name",
      };
    }
  },
};
