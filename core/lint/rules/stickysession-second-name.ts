import { routeCookies } from "../route-cookies.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** Names that are those of cookies wherever they are met. */
const COOKIES: ReadonlySet<string> = new Set(["ROUTEID", "JSESSIONID", "PHPSESSID", "SERVERID", "connect.sid"]);

/** LB: a cookie where httpd looks for a parameter of the URL. */
export const stickysessionSecondName: Rule = {
  id: "stickysession-second-name",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "The name behind the `|` of stickysession is the one that stands in URLs, not a second cookie.",
  why: "Of `stickysession=A|B` httpd looks for a cookie A, and for B only in the URL, as a path parameter or in the query. A cookie B is never read, so that sessions which only it carries do not stick.",
  proof: "the second name of stickysession is not looked for among the cookies",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=JSESSIONID|ROUTEID
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
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID|SHOPID
</Proxy>
`,
  ],
  fixable: false,
  cluster(cluster, { conf }) {
    const { sticky } = cluster.balancer;
    if (sticky === undefined || sticky.cookie.toLowerCase() === sticky.parameter.toLowerCase()) return undefined;
    const isCookie = COOKIES.has(sticky.parameter) || routeCookies(conf).some(({ name }) => name === sticky.parameter);
    if (!isCookie) return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${cluster.label}`,
      found: `${sticky.parameter} behind the '|', which httpd looks for in the URL only`,
      fix: `name the cookie that carries the route first: stickysession=${sticky.parameter}, or stickysession=${sticky.cookie} alone`,
    };
  },
};
