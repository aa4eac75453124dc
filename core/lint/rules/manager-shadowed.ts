import { isPattern } from "../../httpd/fnmatch.js";
import { opennessOf } from "../access.js";
import { lineSpot } from "../conf-view.js";
import { firstMountOf } from "../shadowed-handler.js";
import type { Rule } from "../rule.js";

/** LB: a balancer-manager that the balancer swallows. */
export const managerShadowed: Rule = {
  id: "manager-shadowed",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "No ProxyPass takes the path of balancer-manager.",
  why: "`ProxyPass /` also takes /balancer-manager: the request goes to a backend, which answers 404, and nobody can drain a member when it is needed. `ProxyPass /balancer-manager !` above it keeps the path.",
  proof: "a ProxyPass of / swallows the balancer-manager",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
<Location /balancer-manager>
  # wrong
  SetHandler balancer-manager
  Require local
</Location>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass /balancer-manager !
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
<Location /balancer-manager>
  SetHandler balancer-manager
  Require local
</Location>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
<Location /balancer-manager>
  ProxyPass !
  SetHandler balancer-manager
  Require local
</Location>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: true,
  unsafe: true,
  *check(view) {
    for (const written of view.conf?.named("sethandler") ?? []) {
      const location = written.parent;
      const path = location?.words[0]?.text ?? "";
      if (written.words[0]?.text !== "balancer-manager" || location?.name !== "location" || !path.startsWith("/"))
        continue;
      const first = firstMountOf(view, written, path);
      if (first === undefined || first.mount.to.kind === "exclude") continue;
      const line = `ProxyPass ${path} !`;
      // The exclusion lets in whoever the sections of the path let in: a repair may not open what was out of reach.
      const closed = view.conf !== undefined && opennessOf(view.conf, written) === "limited";
      const repairable = closed && path !== "/" && !isPattern(path) && first.mount.inLocation !== true;
      yield {
        at: lineSpot(written),
        subject: `balancer-manager at ${path}`,
        found: `behind ${first.label} (${first.target}), which takes its requests`,
        fix: mendOf(path, line, closed),
        ...(repairable ? { repair: { kind: "insert", at: first.at, where: "above", line } } : {}),
      };
    }
  },
};

/** With a manager at `/` nothing would be proxied any more, and a ProxyPass takes wildcards for what they are written as. */
function mendOf(path: string, line: string, closed: boolean): string {
  if (path === "/") return "remove the handler, or give it a path of its own";
  if (isPattern(path)) return "give the section a path without wildcards, and add a ProxyPass with ! for it above";
  return closed
    ? `add ${line} above that ProxyPass`
    : `limit the path with Require first, then add ${line} above that ProxyPass`;
}
