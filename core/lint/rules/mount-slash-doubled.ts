import type { Rule } from "../rule.js";

/** LB: two slashes where path and target meet. */
export const mountSlashDoubled: Rule = {
  id: "mount-slash-doubled",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Where the path of a ProxyPass ends without a slash, its target does.",
  why: "httpd appends what follows the path to the target as it is. `ProxyPass /shop balancer://shop/` asks the backend for `//cart`, which some servers answer 404, and which access rules for `/cart` do not match.",
  proof: "a target with a slash too many asks for //",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ProxyPass /shop balancer://shop/
ProxyPassReverse /shop balancer://shop
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass /shop balancer://shop
ProxyPassReverse /shop balancer://shop
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass /shop/ balancer://shop/
ProxyPassReverse /shop/ balancer://shop/
`,
  ],
  fixable: true,
  mount({ at, label, mount, target }) {
    if (mount.match === true || mount.via !== undefined || mount.to.kind === "exclude") return undefined;
    if (mount.path.endsWith("/") || !target.endsWith("/")) return undefined;
    const bare = target.replace(/\/+$/, "");
    return {
      at: `${at}/to`,
      subject: `target of ${label}`,
      found: `${target}, with a slash at the end that the path has not`,
      fix: `write ${bare}`,
      repair: { kind: "reword", at, from: target, to: bare },
    };
  },
};
