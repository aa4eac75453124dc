import { COMPAT_DIRECTIVES, rewriteAccess } from "../../conf/read/access/section-access.js";
import { lineSpot } from "../conf-view.js";
import type { WrittenDirective } from "../conf-view.js";
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
    for (const written of COMPAT_DIRECTIVES.flatMap((name) => conf?.named(name) ?? [])) {
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
        at: lineSpot(section.find(({ name }) => COMPAT_DIRECTIVES.includes(name)) ?? oldest),
        subject: "access control",
        found: `${both ? "directives of httpd 2.2 beside Require" : "directives of httpd 2.2"}${places}`,
        fix: fixOf(section, both),
      };
    }
  },
};

/**
 * Beside Require both decide, and Satisfy speaks of the Require of outer sections, too: there one line cannot take the
 * place of the old ones.
 */
function fixOf(section: readonly WrittenDirective[], both: boolean): string {
  const old = section.filter(({ name }) => COMPAT_DIRECTIVES.includes(name));
  const alone = !both && old.every(({ name }) => name !== "satisfy");
  const lines = alone ? rewriteAccess(old.map(({ statement }) => statement)) : undefined;
  if (lines === undefined) return "write Require all granted, Require all denied, Require ip ... or Require local";
  const written = lines.map((line) => line.trim()).join(" / ");
  return `write ${written} in place of ${old.length === 1 ? "this line" : `these ${old.length} lines`}`;
}
