import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a route that no session can carry. */
export const routeCharacters: Rule = {
  id: "route-characters",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "A route consists of letters, digits, dot, hyphen and underscore.",
  why: "httpd cuts the session out of a cookie at `;` and `,`, and out of a URL at `?` and `&`, and compares case-sensitively what is left. A route with such a character, or with one that clients encode, never matches.",
  proof: "measured on httpd 2.4.71: a cookie value ends at ; and , and quotes are kept",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 route=n1,a
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=node-1_a
  BalancerMember http://10.0.0.2:8080 route=node-2.b
  ProxySet stickysession=SHOPID
</Proxy>
`,
  ],
  fixable: false,
  member(view) {
    const { route } = view.effective;
    const wrong = /[^A-Za-z0-9._~-]/.exec(route)?.[0];
    if (wrong === undefined) return undefined;
    return {
      at: parameterOf(view, "route"),
      subject: `route of ${view.label}`,
      found: `'${route}', with the character '${wrong}'`,
      fix: "rename the route here and in the server",
    };
  },
};
