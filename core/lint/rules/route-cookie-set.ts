import { routeCookies } from "../route-cookies.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

const OWN = /^(ROUTE_?ID|BALANCE(R_?)?ID|LB_?(ROUTE|COOKIE)|SERVER_?ID)$/i;

/** LB: a cookie that nobody sets. */
export const routeCookieSet: Rule = {
  id: "route-cookie-set",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "A route cookie such as ROUTEID is set by a Header directive.",
  why: "`stickysession=ROUTEID` is half of a recipe: no application sets that cookie, httpd has to, with `Header add Set-Cookie` on BALANCER_ROUTE_CHANGED. Without it nothing sticks.",
  proof: "measured on httpd 2.4.71: the recipe works with the Header line, the first response sets the cookie",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
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
  *check({ clusters, conf }) {
    const set = new Set(routeCookies(conf).map(({ name }) => name));
    for (const cluster of clusters) {
      const cookie = cluster.balancer.sticky?.cookie;
      if (cookie === undefined || !OWN.test(cookie) || set.has(cookie)) continue;
      if (cluster.cluster.routeCookie?.name === cookie) continue;
      yield {
        at: parameterOf(cluster, "stickysession"),
        subject: `stickysession of ${cluster.label}`,
        found: `${cookie}, which no Header directive sets`,
        fix: `add Header add Set-Cookie "${cookie}=.%{BALANCER_WORKER_ROUTE}e; path=/; HttpOnly; SameSite=Lax" env=BALANCER_ROUTE_CHANGED, with ; Secure too where all clients come over TLS, unless the backends set it themselves`,
      };
    }
  },
};
