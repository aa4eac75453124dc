import { brokenPromises } from "../broken-promises.js";
import type { Rule } from "../rule.js";

/** LB: what `check` proves broken. */
export const promiseBroken: Rule = {
  id: "promise-broken",
  group: "promise",
  severity: "note",
  presets: ["recommended"],
  yields: true,
  wanted: "What is promised of a balancer, or expected of such a layout, holds.",
  why: "`check` plays every order in which members fail and return, and shows the shortest one that breaks a promise. Where none is declared it is what everybody expects: somebody answers while a member is up, a member that is back serves again, a standby rests.",
  proof:
    "measured on httpd 2.4.71: the counterexamples of check are played by each run of its tests, with these answers",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=5
  BalancerMember http://10.0.0.2:8080 retry=5
  # wrong
  ProxySet forcerecovery=Off maxattempts=2
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=5
  BalancerMember http://10.0.0.2:8080 retry=5
  ProxySet maxattempts=2
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *cluster(cluster, view) {
    for (const { promise, at, why, mends } of brokenPromises(view, cluster)) {
      yield {
        at,
        subject: `promise ${promise} of ${cluster.label}`,
        found: why.replace(/\.$/, ""),
        fix:
          mends.length === 0
            ? "change what `check` shows to break it, or accept it with a reason"
            : `set ${mends.join(", or ")}`,
      };
    }
  },
};
