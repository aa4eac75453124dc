import { opennessOf } from "../access.js";
import { lineSpot } from "../conf-view.js";
import type { WrittenDirective } from "../conf-view.js";
import { isShadowed } from "../shadowed-handler.js";
import type { Finding, Rule } from "../rule.js";
import type { View } from "../view.js";

/** LB: a balancer-manager for everybody. */
export const managerAccess: Rule = {
  id: "manager-access",
  group: "security",
  severity: "error",
  presets: ["security"],
  wanted: "balancer-manager is open to operators only.",
  why: "Whoever opens balancer-manager sees all backends and can disable every member with two clicks. httpd limits nothing by itself: a section without `Require` is open, and of several sections for a path the last one with a `Require` decides alone.",
  proof: "an unprotected balancer-manager lets everybody disable members",
  bad: [
    `<Location /balancer-manager>
  # wrong
  SetHandler balancer-manager
</Location>
`,
    `<Location /balancer-manager>
  # wrong
  SetHandler balancer-manager
  Require all granted
</Location>
`,
    `<Location /balancer-manager>
  # wrong
  SetHandler balancer-manager
  Require local
</Location>
<Location />
  Require all granted
</Location>
`,
  ],
  good: [
    `<Location /balancer-manager>
  SetHandler balancer-manager
  Require local
</Location>
`,
    `<Location /balancer-manager>
  SetHandler balancer-manager
  <RequireAny>
    Require ip 10.1.0.0/16
    Require local
  </RequireAny>
</Location>
`,
    `<Location />
  Require ip 10.1.0.0/16
</Location>
<Location /balancer-manager>
  SetHandler balancer-manager
</Location>
`,
  ],
  fixable: true,
  unsafe: true,
  *check(view) {
    const { conf, scopes } = view;
    for (const written of conf?.named("sethandler") ?? []) {
      const found = writtenManager(view, written);
      if (found !== undefined) yield found;
    }
    for (const { at, label, scope } of conf === undefined ? scopes : []) {
      if (scope.manager?.access.kind !== "all") continue;
      yield {
        at: `${at}/manager/access`,
        subject: `balancer-manager of ${label}`,
        found: "open to everybody",
        fix: "open it to local or to the addresses of the operators",
      };
    }
  },
};

/** A manager that a line of an httpd.conf makes, where nothing keeps anybody out. */
function writtenManager(view: View, written: WrittenDirective): Finding | undefined {
  const { conf } = view;
  const { words, parent } = written;
  if (conf === undefined || words[0]?.text !== "balancer-manager" || parent === undefined) return undefined;
  const openness = opennessOf(conf, written);
  if (openness === "limited") return undefined;
  const { place } = written.statement;
  const path = parent.words[0]?.text ?? "";
  const hidden = parent.name === "location" && path.startsWith("/") && isShadowed(view, written, path);
  const open = openness === "open" ? "open to everybody" : "no access rule, which is open to everybody";
  const found = hidden ? `${open} as soon as requests can reach it` : open;
  const finding = { at: lineSpot(written), subject: `balancer-manager at ${path}`, found };
  // A limit on `/` would close the whole site.
  if (path === "/") return { ...finding, fix: "give the manager a path of its own, and limit that with Require" };
  const fix = "add Require local, or Require ip with the addresses of the operators";
  if (openness !== "unsaid") return { ...finding, fix };
  return { ...finding, fix, repair: { kind: "insert", at: place, where: "below", line: "Require local" } };
}
