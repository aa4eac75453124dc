import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: sessions in URLs of servlet containers. */
export const stickysessionUrlName: Rule = {
  id: "stickysession-url-name",
  group: "sessions",
  severity: "note",
  presets: ["recommended"],
  wanted: "A servlet session names its cookie and its URL parameter: JSESSIONID|jsessionid.",
  why: "Servlet containers write the session into URLs of clients without cookies as `;jsessionid=`, in lower case. httpd looks for the name as it stands: with `stickysession=JSESSIONID` alone such clients do not stick, the first request after every login included.",
  proof: "measured on httpd 2.4.71: the name in the URL is compared case-sensitively",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=JSESSIONID
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  fixable: true,
  cluster(cluster) {
    if (cluster.cluster.parameters.stickysession !== "JSESSIONID") return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${cluster.label}`,
      found: "JSESSIONID without the name in URLs",
      fix: "set stickysession=JSESSIONID|jsessionid",
      repair: { kind: "set", of: cluster.at, parameter: "stickysession", value: "JSESSIONID|jsessionid" },
    };
  },
};
