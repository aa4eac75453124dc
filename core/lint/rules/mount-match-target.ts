import type { Rule } from "../rule.js";

/** LB: a regular expression whose whole path is appended. */
export const mountMatchTarget: Rule = {
  id: "mount-match-target",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A ProxyPassMatch with a path in its target uses a backreference.",
  why: "Where the target holds no `$1`, httpd appends the whole path of the request: `ProxyPassMatch ^/shop/(.*)$ balancer://shop/app` asks for `/app/shop/cart`.",
  proof: "measured on httpd 2.4.71: the regex form without a backreference appends the whole URI",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ProxyPassMatch ^/shop/(.*)$ balancer://shop/app
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPassMatch ^/shop/(.*)$ balancer://shop/app/$1
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPassMatch \\.jsp$ balancer://shop
`,
  ],
  fixable: false,
  mount({ at, label, mount, target }) {
    if (mount.match !== true || mount.via !== undefined || mount.to.kind === "exclude") return undefined;
    const path = target.replace(/^[a-z0-9+.-]+:\/\/[^/]*/i, "");
    if (path === "" || /\$[0-9]/.test(target)) return undefined;
    return {
      at: `${at}/to`,
      subject: `target of ${label}`,
      found: `${target}, to which httpd appends the whole path of the request`,
      fix: "end the target in $1 for the part in parentheses, or drop its path",
    };
  },
};
