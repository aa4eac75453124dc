import { orderedMounts, prefixesOf } from "../mount-order.js";
import type { MountView } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a mount behind one that takes all its requests. */
export const mountShadowed: Rule = {
  id: "mount-shadowed",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "No ProxyPass stands behind another one that takes all its requests.",
  why: "httpd takes the first ProxyPass that matches, in the order of the file, and tries those of the main server before those of a virtual host. `ProxyPass /` hides every later line, an exclusion with `!` as well.",
  proof: "a ProxyPass behind a shorter one is never used",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
# wrong
ProxyPass /static !
`,
    `ProxyPass /app http://10.0.0.1:8080/app
ProxyPassReverse /app http://10.0.0.1:8080/app
# wrong
ProxyPass /app/admin http://10.0.0.2:8080/admin
ProxyPassReverse /app/admin http://10.0.0.2:8080/admin
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass /static !
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *scope(scope, view) {
    const own = new Set(scope.mounts);
    const earlier = new Map<string, MountView>();
    for (const mounted of orderedMounts(view, scope)) {
      const { at, label, mount } = mounted;
      if (mount.match === true || mount.via !== undefined) continue;
      const hiding = prefixesOf(mount.path).find((prefix) => earlier.has(prefix));
      const first = hiding === undefined ? undefined : earlier.get(hiding);
      if (first === undefined) earlier.set(mount.path, mounted);
      else if (own.has(mounted) && !(isExclusion(first) && isExclusion(mounted))) {
        yield {
          at,
          subject: label,
          found: `behind ${first.label} (${first.target}), which takes all its requests`,
          fix: "move it in front of the shorter path",
        };
      }
    }
  },
};

/** An exclusion behind another one is idle, and nothing breaks. */
function isExclusion({ mount }: MountView): boolean {
  return mount.to.kind === "exclude";
}
