import { isReversed, reversedUrls } from "../reverse-lines.js";
import type { Rule } from "../rule.js";

/** LB: redirects that leak the backend. */
export const mountReverse: Rule = {
  id: "mount-reverse",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A mounted path has a ProxyPassReverse.",
  why: "Without ProxyPassReverse a redirect of the backend reaches the client as it is: with the address of the backend in Location, which the client cannot reach, or which goes around httpd.",
  proof:
    "measured on httpd 2.4.71: ProxyPassReverse through the balancer maps the URL of any member; without it Location passes as it is",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ProxyPass / balancer://shop/
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
    `ProxyPass /app http://10.0.0.1:8080/app
ProxyPass /api http://10.0.0.1:8080/api
ProxyPassReverse / http://10.0.0.1:8080/
`,
    `ProxyPass /app http://10.0.0.1:8080/app
<Location /app>
  ProxyPassReverse http://10.0.0.1:8080/app
</Location>
`,
  ],
  fixable: true,
  *scope(scope, { conf }) {
    const urls = reversedUrls(conf, scope);
    for (const view of scope.mounts) {
      const { at, label, mount, target, cluster } = view;
      if (mount.match === true || mount.via !== undefined || mount.to.kind === "exclude") continue;
      if (mount.reverse === undefined || mount.reverse.length > 0 || !/^(balancer|https?|h2c?):/i.test(target))
        continue;
      if (cluster?.members.some(({ backend }) => /^wss?$/.test(backend?.scheme ?? "")) === true) continue;
      if (isReversed(view, urls)) continue;
      const whole = alike(mount.path, target);
      const line = mount.inLocation === true ? `ProxyPassReverse ${whole}` : `ProxyPassReverse ${mount.path} ${whole}`;
      yield {
        at,
        subject: `ProxyPassReverse of ${label}`,
        found: "none",
        fix: `add ${line}`,
        repair: { kind: "insert", at, where: "below", line },
      };
    }
  },
};

/** The target with a slash at the end where the path has one, and without where it has none. */
function alike(path: string, target: string): string {
  const bare = target.replace(/\/+$/, "");
  return path.endsWith("/") ? `${bare}/` : bare;
}
