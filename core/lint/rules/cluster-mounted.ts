import type { ConfView } from "../conf-view.js";
import { misquoted } from "../misquoted.js";
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
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
<Proxy balancer://sockets>
  BalancerMember ws://10.0.0.1:8080
  BalancerMember ws://10.0.0.2:8080
</Proxy>
RewriteEngine On
RewriteCond %{HTTP:Upgrade} =websocket [NC]
RewriteRule ^/(.*) balancer://sockets/$1 [P,L]
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *check({ clusters, scopes, conf }) {
    const targets = new Set<string>();
    let open = false;
    for (const { mount } of scopes.flatMap(({ mounts }) => mounts)) {
      if (mount.to.kind !== "cluster") continue;
      targets.add(mount.to.cluster.toLowerCase());
      open ||= /[$%]/.test(mount.to.cluster);
    }
    for (const target of writtenTargets(conf)) {
      targets.add(target);
      open ||= /[$%]/.test(target);
    }
    if (targets.size === 0 || open) return;
    for (const { at, label, cluster } of clusters) {
      if (targets.has(cluster.name.toLowerCase()) || isMeant(cluster.name, targets)) continue;
      yield { at, subject: label, found: "no ProxyPass leads to it", fix: "add a ProxyPass to it, or remove it" };
    }
  },
};

/** True for a name with a parameter in it: mount-cluster says what is wrong with that. */
function isMeant(name: string, targets: ReadonlySet<string>): boolean {
  return targets.has(misquoted(name)?.name.toLowerCase() ?? "");
}

/** The balancers that directives name whose conditions the topology leaves out: a RewriteCond, an If, a variable. */
function writtenTargets(conf: ConfView | undefined): readonly string[] {
  return ["rewriterule", "sethandler", "proxypass", "proxypassmatch", "rewritemap"].flatMap((name) =>
    (conf?.named(name) ?? []).flatMap(({ words }) =>
      words.flatMap(({ text }) => /balancer:\/\/([^/|\s]+)/i.exec(text)?.[1]?.toLowerCase() ?? []),
    ),
  );
}
