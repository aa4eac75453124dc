import { hostOf, wordSpot } from "../conf-view.js";
import type { WrittenParameter } from "../conf-view.js";
import type { Rule } from "../rule.js";
import type { ClusterView, View } from "../view.js";

/** LB: an `lbmethod` that no virtual host takes over. */
export const vhostLbmethod: Rule = {
  id: "vhost-lbmethod",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A virtual host that uses a balancer of the main server says its lbmethod itself.",
  why: "A ProxyPass in a virtual host makes a balancer of its own there, which takes over the members and all settings of the main server's, but for lbmethod: requests are shared by byrequests, and no message says so.",
  proof: "a virtual host does not take over the lbmethod of the main server's balancer",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet lbmethod=bybusyness
</Proxy>
<VirtualHost *:80>
  ServerName shop.example
  ProxyPass / balancer://shop/
  ProxyPassReverse / balancer://shop/
</VirtualHost>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet lbmethod=bybusyness
</Proxy>
<VirtualHost *:80>
  ServerName shop.example
  ProxyPass / balancer://shop/ lbmethod=bybusyness
  ProxyPassReverse / balancer://shop/
</VirtualHost>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  ProxySet lbmethod=bybusyness
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *check(view) {
    const written = view.conf?.keyed("lbmethod") ?? [];
    for (const name of new Set(view.clusters.map(({ cluster }) => cluster.name))) {
      const of = written.filter(({ owner }) => owner.toLowerCase() === `balancer://${name}`);
      const main = of.findLast(({ written: line }) => hostOf(line) === undefined);
      if (main === undefined || of.some(({ written: line }) => hostOf(line) !== undefined)) continue;
      const lost = lostIn(view, name, main);
      if (lost === undefined) continue;
      yield {
        at: wordSpot(main.word),
        subject: `lbmethod of ${lost.label}`,
        found: `'${main.value}', while the virtual host that uses it balances by ${lost.balancer.lbmethod}`,
        fix: `write it at the ProxyPass of the virtual host, too: ProxyPass PATH balancer://${view.spelled(name)} lbmethod=${main.value}`,
      };
    }
  },
};

/** A balancer of that name, the main server's or a host's, that does not have what the main server says. */
function lostIn({ clusters }: View, name: string, { value }: WrittenParameter): ClusterView | undefined {
  return clusters.find(({ cluster, balancer }) => cluster.name === name && balancer.lbmethod !== value);
}
