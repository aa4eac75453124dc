import { isLoopbackHost } from "../../httpd/address.js";
import type { ConfView } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: a balancer that asks itself. */
export const memberSelf: Rule = {
  id: "member-self",
  group: "wiring",
  severity: "note",
  presets: ["recommended"],
  wanted: "No member is the httpd that passes requests to it.",
  why: "A member on the loopback address with a port that this httpd listens on is this httpd: each request is passed to itself again, until all of its workers wait for each other. An application on the same machine has a port of its own.",
  proof:
    "measured on httpd 2.4.71: one request with timeout=3 was passed to itself three times more, and answered 502 after 3 s",
  bad: [
    `Listen 80
<Proxy balancer://shop>
  # wrong
  BalancerMember http://localhost
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `Listen 80
<Proxy balancer://shop>
  BalancerMember http://localhost:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
    `Listen 80
<VirtualHost *:80>
  ServerName shop.example
  <Proxy balancer://shop>
    BalancerMember http://127.0.0.1:8080
    BalancerMember http://10.0.0.2:8080
  </Proxy>
  ProxyPass / balancer://shop/
  ProxyPassReverse / balancer://shop/
</VirtualHost>
<VirtualHost *:80>
  ServerName static.example
</VirtualHost>
`,
  ],
  fixable: false,
  *check({ clusters, conf }) {
    const ports = listened(conf);
    if (ports.size === 0) return;
    for (const { at, label, backend } of clusters.flatMap(({ members }) => members)) {
      if (backend?.socket !== undefined || !isLoopbackHost(backend?.host ?? "")) continue;
      if (backend === undefined || !ports.has(backend.port)) continue;
      yield {
        at,
        subject: label,
        found: `port ${backend.port} of this machine, on which this httpd itself listens`,
        fix: "name the port of the application",
      };
    }
  },
};

/** Ports this httpd listens on with every address: on a single one another program may have the port of the loopback. */
function listened(conf: ConfView | undefined): ReadonlySet<number> {
  const words = (conf?.named("listen") ?? []).flatMap(({ words: [word] }) => (word === undefined ? [] : [word]));
  const ports = words.flatMap(({ text }) => /^(?:\*:|0\.0\.0\.0:|\[::\]:)?([0-9]+)$/.exec(text)?.[1] ?? []);
  return new Set(ports.map(Number));
}
