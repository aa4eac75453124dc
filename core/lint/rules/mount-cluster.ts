import { nearestName } from "../../vocabulary/suggest.js";
import { splitBalancerUrl } from "../../httpd/balancer-name.js";
import { hostOf } from "../conf-view.js";
import type { ConfView } from "../conf-view.js";
import { misquoted, quoteFinding } from "../misquoted.js";
import { registers } from "../modules.js";
import type { Rule } from "../rule.js";

/** LB: a mount that leads to no balancer. */
export const mountCluster: Rule = {
  id: "mount-cluster",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The balancer that a path leads to is defined where httpd looks for it.",
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
    `# wrong
<Proxy "balancer://Shop maxattempts=2">
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://Shop/
ProxyPassReverse / balancer://Shop/
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
  mount({ at, label, mount, cluster }, _scope, { clusters, conf, spelled }) {
    if (mount.to.kind !== "cluster" || /[$%]/.test(mount.to.cluster)) return undefined;
    if (cluster?.implied === false || registers(conf)) return undefined;
    const name = mount.to.cluster.toLowerCase();
    const subject = `target of ${label}`;
    const quoted = clusters.find(({ cluster: other }) => misquoted(other.name)?.name === name);
    if (quoted !== undefined) return { at: quoted.at, subject, ...quoteFinding(spelled(quoted.cluster.name)) };
    if (inVirtualHost(conf, name)) {
      const found = `balancer://${spelled(name)}, which only a virtual host defines: httpd takes the name of the main server, without members`;
      return { at: `${at}/to`, subject, found, fix: "move the <Proxy> out of the virtual host, in front of it" };
    }
    const defined = clusters.filter(({ implied }) => !implied).map((one) => spelled(one.cluster.name));
    const near = nearestName(spelled(mount.to.cluster), defined);
    return {
      at: `${at}/to`,
      subject,
      found: `balancer://${spelled(mount.to.cluster)}, which is not defined`,
      fix:
        near === undefined
          ? `define <Proxy balancer://${spelled(mount.to.cluster)}>`
          : `did you mean balancer://${near}?`,
    };
  },
};

/** True where a section of that balancer stands in a virtual host: the main server's mount hides it there, too. */
function inVirtualHost(conf: ConfView | undefined, name: string): boolean {
  return (conf?.named("proxy") ?? []).some((section) => {
    const written = splitBalancerUrl(section.words[0]?.text ?? "")?.name.toLowerCase();
    return written === name && hostOf(section) !== undefined;
  });
}
