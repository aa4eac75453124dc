import { onceFor } from "../once-for.js";
import type { Rule } from "../rule.js";

/** LB: a minute without the member that is back. */
export const retryDefault: Rule = {
  id: "retry-default",
  group: "time",
  severity: "note",
  presets: [],
  wanted: "Members of a small balancer say how soon they are tried again.",
  why: "A member in error is left alone for `retry` seconds, 60 by default, also when it was restarted after two. In a balancer of two or three that is a large part of the capacity, and a standby works for that minute.",
  proof: "measured on httpd 2.4.71: a member that is back is picked again only after retry, 60 s where nothing is set",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=10
  BalancerMember http://10.0.0.2:8080 retry=10
</Proxy>
`,
  ],
  fixable: false,
  cluster({ members }) {
    if (members.length < 2 || members.length > 3) return undefined;
    const unset = members.filter(({ member, effective }) => {
      return member.parameters.retry === undefined && effective.healthCheck === undefined;
    });
    return onceFor(unset, "retry", { found: "not set: 60 seconds", fix: "set retry=10, or what fits" });
  },
};
