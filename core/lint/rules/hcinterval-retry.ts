import { behaves } from "../../vocabulary/behaviours.js";
import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: health checks that are slower than the retry timer. */
export const hcintervalRetry: Rule = {
  id: "hcinterval-retry",
  group: "time",
  severity: "warning",
  presets: [],
  wanted: "A failed member is checked more often than it is retried by requests.",
  why: "A passed health check brings a member back before its retry time is over, and a failed one keeps it out. Where `hcinterval` times `hcpasses` is longer than `retry`, a request of a client tries the dead member first, which is what checks are to prevent. Before 2.4.55 a check ends no error that a request caused.",
  proof: "measured on httpd 2.4.71: retry=600 with hcinterval=3: back after 3.0 s",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 retry=10 hcmethod=TCP hcinterval=30
  BalancerMember http://10.0.0.2:8080 retry=60 hcmethod=TCP hcinterval=5
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=60 hcmethod=TCP hcinterval=5
  BalancerMember http://10.0.0.2:8080 retry=60 hcmethod=TCP hcinterval=5
</Proxy>
`,
  ],
  fixable: false,
  member(view, _cluster, { topology: { httpd } }) {
    const { healthCheck, retry } = view.effective;
    // Before 2.4.55 checks end no error that a request caused, which version-trap tells.
    if (healthCheck === undefined || !behaves(httpd, "checks-end-request-errors")) return undefined;
    const back = healthCheck.interval * BigInt(Math.max(1, healthCheck.passes));
    if (back <= retry) return undefined;
    return {
      at: view.member.parameters.hcinterval === undefined ? view.at : parameterOf(view, "hcinterval"),
      subject: `hcinterval of ${view.label}`,
      found: `a passed check takes ${back / 1_000n} ms, retry is over after ${retry / 1_000n} ms`,
      fix: "check more often than retry, or raise retry",
    };
  },
};
