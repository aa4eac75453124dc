import { registers } from "../modules.js";
import { sectionSays } from "../access.js";
import { isReversed, reversedUrls } from "../reverse-lines.js";
import type { Mount } from "../../topology/topology.js";
import type { Rule } from "../rule.js";

/** LB: redirects that leak the backend. */
export const mountReverse: Rule = {
  id: "mount-reverse",
  group: "wiring",
  severity: "note",
  presets: ["recommended"],
  wanted: "A path that leads to a backend has a ProxyPassReverse.",
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
    `ProxyPreserveHost On
ProxyPass / http://10.0.0.1:8080/
`,
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 ping=500ms secret=\${AJP_SECRET}
  BalancerMember ajp://10.0.0.2:8009 ping=500ms secret=\${AJP_SECRET}
</Proxy>
ProxyPass / balancer://shop/
`,
    `ProxyPass /app http://10.0.0.1:8080/app
<Location /app>
  ProxyPassReverse http://10.0.0.1:8080/app
</Location>
`,
    `<Location /app>
  ProxyPreserveHost On
  ProxyPass http://10.0.0.1:8080/app
</Location>
`,
  ],
  fixable: true,
  *scope(scope, { conf }) {
    const registering = registers(conf);
    // The backend gets the client's Host and never learns an address that could show (measured).
    const kept = scope.scope.settings.proxypreservehost ?? scope.server.settings.proxypreservehost ?? false;
    const urls = reversedUrls(conf, scope);
    for (const view of scope.mounts) {
      const { at, label, mount, target, cluster } = view;
      if (!isReversible(mount) || !/^(balancer|https?|h2c?):/i.test(target)) continue;
      if (cluster?.members.some(({ backend }) => SAYS_NO_ADDRESS.test(backend?.scheme ?? "")) === true) continue;
      if (isReversed(view, urls) || (sectionSays(conf, scope, mount.path, "proxypreservehost") ?? kept)) continue;
      // Whoever registers later may speak AJP.
      if (registering && cluster?.implied !== false && mount.to.kind === "cluster") continue;
      const whole = alike(mount.path, target);
      const line = mount.inLocation === true ? `ProxyPassReverse ${whole}` : `ProxyPassReverse ${mount.path} ${whole}`;
      yield {
        at,
        subject: conf === undefined ? `ProxyPassReverse of ${label}` : `ProxyPassReverse for ${mount.path}`,
        found: "none",
        fix: `add ${line}`,
        repair: { kind: "insert", at, where: "below", line },
      };
    }
  },
};

/** True for a mount that a ProxyPassReverse can go with, and none does. */
function isReversible({ match, via, to, reverse }: Mount): boolean {
  return match !== true && via === undefined && to.kind !== "exclude" && reverse?.length === 0;
}

/** WebSockets do not redirect; backends of AJP and of the CGIs redirect to the host the client asked for (measured). */
const SAYS_NO_ADDRESS = /^(wss?|ajp|fcgi|scgi|uwsgi)$/;

/** The target with a slash at the end where the path has one, and without where it has none. */
function alike(path: string, target: string): string {
  const bare = target.replace(/\/+$/, "");
  return path.endsWith("/") ? `${bare}/` : bare;
}
