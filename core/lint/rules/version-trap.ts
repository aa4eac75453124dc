import { behaves } from "../../vocabulary/behaviours.js";
import type { Rule } from "../rule.js";
import { VERSION_TRAPS } from "../version-traps.js";

/** LB: what the declared version does to what the file uses. */
export const versionTrap: Rule = {
  id: "version-trap",
  group: "promise",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The httpd that will run does with this file what the file says.",
  why: "httpd changes what it does between releases, and a distribution stays with one for years. What a file relies on may have come later, or may be broken in the very release that runs: its configuration test says nothing. Distributions back-port fixes, so that the changelog of the package has the last word.",
  proof: "measured on httpd 2.4.6 to 2.4.71, each in a network of its own: see docs/model.md",
  httpd: "2.4.52",
  bad: [
    `ServerLimit 4
# wrong
MaxConnectionsPerChild 1000
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=2 timeout=5
  BalancerMember http://10.0.0.2:8080 timeout=5
</Proxy>
`,
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 retry=60 hcmethod=TCP hcinterval=5 timeout=5
  BalancerMember http://10.0.0.2:8080 retry=5 hcmethod=TCP hcinterval=5 timeout=5
</Proxy>
`,
  ],
  good: [
    `ServerLimit 4
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 loadfactor=2 timeout=5
  BalancerMember http://10.0.0.2:8080 timeout=5
</Proxy>
`,
  ],
  fixable: false,
  *check(view) {
    const { httpd } = view.topology;
    for (const { behaviour, done, found, fix, caught } of VERSION_TRAPS) {
      if (behaves(httpd, behaviour) !== done) continue;
      for (const { at, subject } of caught(view)) yield { at, subject, found: `httpd ${httpd}: ${found}`, fix };
    }
  },
};
