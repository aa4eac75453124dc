import { onceFor } from "../once-for.js";
import type { Rule } from "../rule.js";

/** LB: a host that does not answer at all. */
export const connectiontimeoutSet: Rule = {
  id: "connectiontimeout-set",
  group: "time",
  severity: "note",
  presets: [],
  wanted: "A member says how long httpd waits for a connection.",
  why: "Without `connectiontimeout` httpd waits the worker's timeout, else ProxyTimeout, else Timeout (60 s) for a host that drops packets, before it goes on to the next member. Each retry window costs one client that minute.",
  proof:
    "measured on httpd 2.4.71: a connect that times out fails over, after connectiontimeout or else the worker's timeout",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080 connectiontimeout=2
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 connectiontimeout=2
  BalancerMember http://10.0.0.2:8080 connectiontimeout=500ms
</Proxy>
`,
  ],
  fixable: false,
  cluster({ members }) {
    const unset = members.filter(({ member, backend }) => {
      return member.parameters.connectiontimeout === undefined && backend?.socket === undefined;
    });
    const told = { found: "not set", fix: "set connectiontimeout=2, or what the network needs" };
    return onceFor(unset, "connectiontimeout", told);
  },
};
