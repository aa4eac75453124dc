import { wordSpot } from "../conf-view.js";
import { routeCookies } from "../route-cookies.js";
import type { Rule } from "../rule.js";

/** LB: a route cookie that httpd itself cannot read. */
export const routeCookieSeparator: Rule = {
  id: "route-cookie-separator",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "The route in a cookie set by httpd stands behind the separator: ROUTEID=.%{BALANCER_WORKER_ROUTE}e.",
  why: "httpd takes for the route what stands behind the first separator of the cookie. Without the dot in front the cookie holds no route, and no session ever sticks.",
  proof: "a route cookie without the separator does not stick",
  bad: [
    `# wrong
Header add Set-Cookie "ROUTEID=%{BALANCER_WORKER_ROUTE}e; path=/; HttpOnly; Secure; SameSite=Lax" env=BALANCER_ROUTE_CHANGED
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=ROUTEID
</Proxy>
`,
  ],
  good: [
    `Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/; HttpOnly; Secure; SameSite=Lax" env=BALANCER_ROUTE_CHANGED
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=ROUTEID
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf, clusters }) {
    for (const { name, value, word } of routeCookies(conf)) {
      const cluster = clusters.find(({ balancer }) => balancer.sticky?.cookie === name);
      const separator = cluster?.balancer.separator ?? ".";
      const inFront = value.slice(0, value.indexOf("%{"));
      if (cluster === undefined || separator.toLowerCase() === "off" || inFront.includes(separator)) continue;
      yield {
        at: wordSpot(word),
        subject: `cookie ${name}`,
        found: `the route without '${separator}' in front of it`,
        fix: `write ${name}=${separator}%{BALANCER_WORKER_ROUTE}e`,
      };
    }
  },
};
