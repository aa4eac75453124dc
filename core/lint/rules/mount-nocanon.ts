import type { Rule } from "../rule.js";

/** LB: paths that httpd and backend read differently. */
export const mountNocanon: Rule = {
  id: "mount-nocanon",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "ProxyPass hands on the path that httpd decided by.",
  why: "With `nocanon` the backend gets the path as the client wrote it, while `<Location>` and ProxyPass of httpd decided by the decoded one: `/a%41b` and doubled slashes get past access rules that name the plain path.",
  proof: "measured on httpd 2.4.71: nocanon passes /a%41b and // on as they are",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
# wrong
ProxyPass / balancer://shop/ nocanon
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
  fixable: false,
  mount({ at, label, mount }) {
    if (mount.keywords?.includes("nocanon") !== true) return undefined;
    return {
      at,
      subject: label,
      found: "nocanon",
      fix: "leave nocanon away, or accept it with a reason where the application needs encoded slashes",
    };
  },
};
