import { maps, reversedUrls } from "../reverse-lines.js";
import type { Rule } from "../rule.js";

/** LB: ProxyPassReverse that maps somebody else's redirects. */
export const reverseTarget: Rule = {
  id: "reverse-target",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The ProxyPassReverse of a path names its balancer, or every one of its members.",
  why: "`ProxyPassReverse / balancer://shop/` maps the redirects of all members. One that names another balancer maps nothing, and one that names a member maps that member's only: the redirects of the others leak their address to the client.",
  proof: "measured on httpd 2.4.71: ProxyPassReverse of another balancer's name maps nothing",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ProxyPass / balancer://shop/
ProxyPassReverse / http://10.0.0.1:8080/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / http://10.0.0.1:8080/
ProxyPassReverse / http://10.0.0.2:8080/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / /
`,
  ],
  fixable: false,
  *scope(scope, { conf }) {
    const reversed = reversedUrls(conf, scope);
    for (const { at, label, mount, cluster } of scope.mounts) {
      if (mount.to.kind !== "cluster" || mount.reverse === undefined || mount.reverse.length === 0) continue;
      const urls = [...mount.reverse.map(({ url }) => url.toLowerCase()), ...reversed];
      const own = `balancer://${mount.to.cluster.toLowerCase()}`;
      if (urls.some((url) => url === own || url.startsWith(`${own}/`))) continue;
      const unmapped = (cluster?.members ?? []).filter(({ member: { url } }) => {
        return (
          typeof url === "string" && !urls.some((mapped) => maps(mapped, url) || mapped.startsWith(url.toLowerCase()))
        );
      });
      if (unmapped.length === 0) continue;
      yield {
        at: `${at}/reverse`,
        subject: `ProxyPassReverse of ${label}`,
        found: `${mount.reverse.map(({ url }) => url).join(", ")}, which leaves out ${unmapped.length === 1 ? "one member" : `${unmapped.length} members`}`,
        fix: `name the balancer: ProxyPassReverse ${mount.path} balancer://${mount.to.cluster}${mount.to.path}`,
      };
    }
  },
};
