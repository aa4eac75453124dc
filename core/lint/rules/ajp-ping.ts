import type { Rule } from "../rule.js";

/** LB: an AJP connection that is not asked before use. */
export const ajpPing: Rule = {
  id: "ajp-ping",
  group: "time",
  severity: "note",
  presets: [],
  wanted: "An ajp member is pinged before a request is sent on a kept connection.",
  why: "AJP connections stay open. After a restart of the container the first request on each of them fails, unless `ping` makes httpd ask (CPING) first and take a new connection where no answer comes.",
  proof: "measured on httpd 2.4.71: ping is accepted in seconds or milliseconds; a failed CPING fails over",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember ajp://10.0.0.1:8009 secret=x9
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 ping=500ms secret=x9
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, member, backend }) {
    if (backend?.scheme !== "ajp" || member.parameters.ping !== undefined) return undefined;
    return { at, subject: `ping of ${label}`, found: "not set", fix: "set ping=500ms" };
  },
};
