import type { Rule } from "../rule.js";

/** LB: a word without effect. */
export const mountNoquery: Rule = {
  id: "mount-noquery",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "noquery is used only where it does something.",
  why: "For http backends and balancers httpd appends the query all the same: whoever relies on `noquery` to keep it from the backend does not get that.",
  proof: "noquery does not keep the query from a balancer",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
# wrong
ProxyPass / balancer://shop/ noquery
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: true,
  mount({ at, label, mount, target }) {
    if (mount.keywords?.includes("noquery") !== true || !/^(balancer|https?):/i.test(target)) return undefined;
    return {
      at,
      subject: label,
      found: "noquery, which has no effect here",
      fix: "leave noquery away; to drop the query use a RewriteRule with [P,QSD]",
      repair: { kind: "reword", at, from: "noquery", to: "" },
    };
  },
};
