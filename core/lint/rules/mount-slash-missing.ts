import type { Rule } from "../rule.js";

/** LB: path and target are glued together without a slash. */
export const mountSlashMissing: Rule = {
  id: "mount-slash-missing",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "Where the path of a ProxyPass ends in a slash, its target does.",
  why: "httpd appends what follows the path to the target as it is. `ProxyPass / balancer://shop` serves `/`, and makes of `/cart` the balancer `shopcart`: 500 (AH01144).",
  proof: "a target without the slash answers 500",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ProxyPass / balancer://shop
ProxyPassReverse / balancer://shop/
`,
    `# wrong
ProxyPass /app/ http://10.0.0.1:8080/app
ProxyPassReverse /app/ http://10.0.0.1:8080/app/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass /shop balancer://shop
ProxyPassReverse /shop balancer://shop
`,
  ],
  fixable: true,
  mount({ at, label, mount, target }) {
    if (mount.match === true || mount.via !== undefined || mount.to.kind === "exclude") return undefined;
    if (!mount.path.endsWith("/") || target.endsWith("/") || target.endsWith("...")) return undefined;
    return {
      at: `${at}/to`,
      subject: `target of ${label}`,
      found: `${target}, without the slash at the end that the path has`,
      fix: `write ${target}/`,
      repair: { kind: "reword", at, from: target, to: `${target}/` },
    };
  },
};
