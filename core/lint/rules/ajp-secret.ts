import type { Rule } from "../rule.js";

/** LB: AJP without a secret. */
export const ajpSecret: Rule = {
  id: "ajp-secret",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "An ajp member has a secret.",
  why: "Whoever reaches the AJP port of a servlet container can send it requests with any user and any attribute (CVE-2020-1938). Tomcat refuses AJP without a secret since then, unless told otherwise.",
  proof: "measured on httpd 2.4.71: secret is accepted on ajp members up to 63 characters and sent with each request",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember ajp://10.0.0.1:8009
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 secret=\${AJP_SECRET}
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, member, backend }) {
    if (backend?.scheme !== "ajp" || member.parameters.secret !== undefined) return undefined;
    return { at, subject: `secret of ${label}`, found: "none", fix: FIX };
  },
  mount({ at, label, mount, target }) {
    if (mount.to.kind !== "url" || !/^ajp:/i.test(target) || mount.to.parameters.secret !== undefined) return undefined;
    return { at: `${at}/to`, subject: `secret of ${label}`, found: "none", fix: FIX };
  },
};

const FIX = "set secret=${AJP_SECRET}, define that variable outside the file, and set the same secret in the connector";
