import { lineSpot } from "../conf-view.js";
import type { WrittenDirective } from "../conf-view.js";
import { OLD_ACCESS, requireLines } from "../old-access.js";
import type { Rule } from "../rule.js";

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
    const files = new Map<string, WrittenDirective[]>();
    for (const written of OLD_ACCESS.flatMap((name) => conf?.named(name) ?? [])) {
      const { file } = written.statement.place;
      files.set(file, [...(files.get(file) ?? []), written]);
    }
    for (const inFile of files.values()) {
      const [oldest] = inFile.sort((a, b) => a.order - b.order);
      if (oldest === undefined) continue;
      const [first, ...others] = new Set(inFile.map(({ parent }) => parent));
      const section = first?.children ?? inFile;
      const places = others.length === 0 ? "" : `, in ${others.length + 1} sections`;
      const both = section.some(({ name }) => name === "require");
      yield {
        at: lineSpot(section.find(({ name }) => OLD_ACCESS.includes(name)) ?? oldest),
        subject: "access control",
        found: `${both ? "directives of httpd 2.2 beside Require" : "directives of httpd 2.2"}${places}`,
        fix: fixOf(section, both),
      };
    }
  },
};

/** Beside Require both decide, so that one line cannot take the place of the old ones. */
function fixOf(section: readonly WrittenDirective[], both: boolean): string {
  const lines = both ? undefined : requireLines(section);
  if (lines === undefined) return "write Require all granted, Require all denied, Require ip ... or Require local";
  const old = section.filter(({ name }) => OLD_ACCESS.includes(name)).length;
  return `write ${lines.join(" / ")} in place of ${old === 1 ? "this line" : `these ${old} lines`}`;
}
