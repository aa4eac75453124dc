import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const OLD = ["order", "allow", "deny", "satisfy"];

/** LB: access control of 2.2. */
export const accessCompat: Rule = {
  id: "access-compat",
  group: "wiring",
  severity: "note",
  presets: ["recommended"],
  wanted: "Access is said with Require, not with Order, Allow and Deny.",
  why: "The directives of httpd 2.2 work only through mod_access_compat, which many servers do not load, and are decided apart from `Require`: where a section has both, a request has to pass both, and which one refused it is hard to see.",
  proof: "Order and Require in one section both have to let a request in",
  bad: [
    `<Location /admin>
  # wrong
  Order deny,allow
  Deny from all
  Allow from 10.0.0.0/8
</Location>
`,
  ],
  good: [
    `<Location /admin>
  Require ip 10.0.0.0/8
</Location>
`,
  ],
  fixable: false,
  *check({ conf }) {
    const reported = new Set<string>();
    for (const written of OLD.flatMap((name) => conf?.named(name) ?? [])) {
      if (reported.has(written.statement.place.file)) continue;
      reported.add(written.statement.place.file);
      const siblings = written.parent?.children ?? [];
      const both = siblings.some(({ name }) => name === "require");
      yield {
        at: lineSpot(siblings.find(({ name }) => OLD.includes(name)) ?? written),
        subject: "access control",
        found: both ? "directives of httpd 2.2 beside Require" : "directives of httpd 2.2",
        fix: "write Require all granted, Require all denied, Require ip ... or Require local",
      };
    }
  },
};
