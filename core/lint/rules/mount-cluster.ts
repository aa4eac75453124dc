import { nearestName } from "../../vocabulary/suggest.js";
import { registers } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: a mount that leads to no balancer. */
export const mountCluster: Rule = {
  id: "mount-cluster",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The balancer a path is mounted on is defined where httpd looks for it.",
  why: "A name that no `<Proxy balancer://...>` defines passes the configuration test; httpd makes an empty balancer of it and answers every request 503 (AH01171). A balancer that is defined in another virtual host is not seen either.",
  proof: "a balancer that is not defined answers 503",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass /a balancer://shop
ProxyPassReverse /a balancer://shop
# wrong
ProxyPass / balancer://shopp/
ProxyPassReverse / balancer://shopp/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://Shop/
ProxyPassReverse / balancer://Shop/
`,
  ],
  fixable: false,
  mount({ at, label, mount, cluster }, _scope, { clusters, conf }) {
    if (mount.to.kind !== "cluster" || /[$%]/.test(mount.to.cluster)) return undefined;
    if (cluster?.implied === false || registers(conf)) return undefined;
    const defined = clusters.filter(({ implied }) => !implied).map((one) => one.cluster.name);
    const near = nearestName(mount.to.cluster, defined);
    return {
      at: `${at}/to`,
      subject: `target of ${label}`,
      found: `balancer://${mount.to.cluster}, which is not defined`,
      fix: near === undefined ? `define <Proxy balancer://${mount.to.cluster}>` : `did you mean balancer://${near}?`,
    };
  },
};
