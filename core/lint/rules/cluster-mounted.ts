import type { Rule } from "../rule.js";

/** LB: a balancer nobody reaches. */
export const clusterMounted: Rule = {
  id: "cluster-mounted",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A path leads to every balancer, where any path leads to a balancer.",
  why: "A balancer without a ProxyPass, RewriteRule [P] or handler gets no request; most often the name in the ProxyPass is another one.",
  proof: "measured on httpd 2.4.71: a balancer without a mount passes the configuration test",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
<Proxy balancer://search>
  BalancerMember http://10.0.0.3:8080
  BalancerMember http://10.0.0.4:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  fixable: false,
  *check({ clusters, scopes }) {
    const targets = new Set<string>();
    let open = false;
    for (const { mount } of scopes.flatMap(({ mounts }) => mounts)) {
      if (mount.to.kind !== "cluster") continue;
      targets.add(mount.to.cluster.toLowerCase());
      open ||= /[$%]/.test(mount.to.cluster);
    }
    if (targets.size === 0 || open) return;
    for (const { at, label, cluster } of clusters) {
      if (targets.has(cluster.name.toLowerCase())) continue;
      yield { at, subject: label, found: "no path leads to it", fix: "add a ProxyPass to it, or remove it" };
    }
  },
};
