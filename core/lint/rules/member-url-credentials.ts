import type { Rule } from "../rule.js";

/** LB: a password in the name of a worker. */
export const memberUrlCredentials: Rule = {
  id: "member-url-credentials",
  group: "security",
  severity: "error",
  presets: ["security"],
  wanted: "The URL of a backend holds no user and password.",
  why: "httpd makes them part of the member's name, which balancer-manager, server-status and the error log show.",
  proof: "measured on httpd 2.4.71: the name of the worker http://user:pw@h contains the password",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://shop:hunter2@10.0.0.1:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, backend }) {
    if (backend?.credentials === undefined) return undefined;
    return {
      at: `${at}/url`,
      subject: `URL of ${label}`,
      found: "a user name in it",
      fix: "set the header instead: RequestHeader set Authorization ... with a value from outside the file",
    };
  },
};
