import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: settings of a worker that nobody uses. */
export const proxysetWorker: Rule = {
  id: "proxyset-worker",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Parameters of a member are set on its BalancerMember line.",
  why: "`<Proxy http://node:8080>` with a ProxySet makes a worker of its own, outside all balancers. The member with the same URL is not changed.",
  proof: "measured on httpd 2.4.71: ProxySet in <Proxy http://member> creates a separate worker",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
<Proxy http://10.0.0.1:8080>
  # wrong
  ProxySet retry=5
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=5
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf, clusters }) {
    const proxySets = conf?.named("proxyset") ?? [];
    if (proxySets.length === 0) return;
    const urls = new Set(clusters.flatMap(({ cluster }) => cluster.members.map(({ url }) => url)));
    for (const written of proxySets) {
      const target = written.parent?.name === "proxy" ? written.parent.words[0]?.text : undefined;
      if (target === undefined || !urls.has(target)) continue;
      yield {
        at: lineSpot(written),
        subject: `ProxySet of ${target}`,
        found: "a worker outside balancers, while the URL is that of a member",
        fix: "set the parameters on the BalancerMember line",
      };
    }
  },
};
