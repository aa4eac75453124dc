import { approachTo } from "../../model/approach.js";
import { detourText } from "../../model/approach-text.js";
import type { Server, Topology } from "../../topology/topology.js";
import type { Pointer } from "../../vocabulary/problem.js";
import type { Rule } from "../rule.js";

/** LB: a balancer that every request is kept from. */
export const mountUnreached: Rule = {
  id: "mount-unreached",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Requests for the paths of a balancer come to it, past access rules, redirects and rewriting.",
  why: "httpd asks rewriting, sections, access and redirects in an order of its own, which is not that of the file. A rule that answers, or leads elsewhere, for all paths of a ProxyPass leaves its balancer idle, and the configuration test says nothing.",
  proof: "access of a Proxy section is asked before any member",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
<Proxy *>
  # wrong
  Require all denied
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
<Location /admin>
  Require ip 10.0.0.0/8
</Location>
`,
  ],
  fixable: false,
  *check({ clusters, topology }) {
    if (!topology.servers.some(hasLinesBesideMounts) && clusters.every(({ cluster }) => !cluster.extra?.length)) return;
    for (const { at: own, label, cluster } of clusters) {
      const { reached, elsewhere } = approachTo(topology, cluster);
      const detour = elsewhere.find(({ own }) => own);
      const by = detour?.by[0];
      if (reached !== "no" || detour === undefined || by === undefined) continue;
      // No ProxyPass answers 403: what does stands in the balancer's own section.
      const refused = detour.end.kind === "httpd" && detour.end.status === 403;
      const at = isMount(topology, by) && refused ? own : by;
      if (at !== own && isMount(topology, at)) continue;
      yield {
        at,
        subject: label,
        found: `that no request reaches it: ${detourText(detour)}`,
        fix: "let the requests of its paths through, or remove the ProxyPass",
      };
    }
  },
};

/** Where mounts stand alone, only another mount can take a request, which mount-shadowed tells. */
function hasLinesBesideMounts({ front = [], extra = [], manager, virtualHosts }: Server): boolean {
  const decided = front.some(({ name }) => !/^proxypass(?:match)?$/i.test(name));
  return decided || extra.length > 0 || manager !== undefined || virtualHosts.length > 0;
}

/** What another mount takes is told by mount-shadowed: the line that decides is a ProxyPass. */
function isMount(topology: Topology, at: Pointer): boolean {
  const steps = at.split("/").slice(1);
  const found = steps.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    topology,
  );
  const name: unknown = typeof found === "object" && found !== null ? Reflect.get(found, "name") : undefined;
  return at.includes("/mounts/") || (typeof name === "string" && /^proxypass/i.test(name));
}
