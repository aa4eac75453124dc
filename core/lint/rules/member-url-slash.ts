import type { Rule } from "../rule.js";

/** LB: a member that is asked for paths with two slashes. */
export const memberUrlSlash: Rule = {
  id: "member-url-slash",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The URL of a member does not end in a slash.",
  why: "httpd puts the rest of the path, which begins with a slash, behind the URL of the member: a member `http://node:8080/` is asked for `//cart`, which some servers answer 404 and security rules for `/cart` do not match.",
  proof: "a member with a slash at the end is asked for //",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080/
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080/app
</Proxy>
`,
  ],
  fixable: true,
  member({ at, label, member, backend }) {
    if (backend?.path.endsWith("/") !== true || typeof member.url !== "string") return undefined;
    const bare = member.url.replace(/\/+$/, "");
    return {
      at: `${at}/url`,
      subject: `URL of ${label}`,
      found: `${member.url}, with a slash at the end`,
      fix: `write ${bare}`,
      repair: { kind: "reword", at, from: member.url, to: bare },
    };
  },
};
