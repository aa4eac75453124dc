import { routeCookies } from "../route-cookies.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** Session cookies of runtimes that write no route into them. */
const ROUTELESS: Readonly<Record<string, string>> = {
  "connect.sid": "express-session",
  "asp.net_sessionid": "ASP.NET",
  laravel_session: "Laravel",
  sessionid: "Django",
  ci_session: "CodeIgniter",
  cfid: "ColdFusion",
  "rack.session": "Rack",
};

/** LB: a session cookie that carries no route. */
export const stickysessionCookie: Rule = {
  id: "stickysession-cookie",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "stickysession names a cookie in which the application writes a route, or one that httpd sets itself.",
  why: "httpd looks for the route behind the last separator of the session. Servlet containers append it; PHP, Node.js, ASP.NET and most others do not, so that their sessions go round all members although cookie and routes are set.",
  proof: "a session cookie without a route does not stick",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=PHPSESSID
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=connect.sid
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  # wrong
  ProxySet stickysession=PHPSESSIONID
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
  fixable: false,
  cluster(cluster, { conf }) {
    const { sticky } = cluster.balancer;
    const runtime = sticky === undefined ? undefined : runtimeOf(sticky.cookie.toLowerCase());
    if (sticky === undefined || runtime === undefined || cluster.members.length < 2) return undefined;
    if (!cluster.members.some(({ effective }) => effective.route !== "")) return undefined;
    if (cluster.cluster.routeCookie !== undefined) return undefined;
    if (routeCookies(conf).some(({ name }) => name === sticky.cookie)) return undefined;
    return {
      at: parameterOf(cluster, "stickysession"),
      subject: `stickysession of ${cluster.label}`,
      found: `the session cookie of ${runtime}, in which no route stands`,
      fix: 'let httpd set a cookie of its own: stickysession=ROUTEID, and Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED',
    };
  },
};

/** Who writes a session cookie; undefined of one that may carry a route. */
function runtimeOf(cookie: string): string | undefined {
  return cookie.startsWith("phpsess") ? "PHP" : ROUTELESS[cookie];
}
