import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: a directive that does nothing. */
export const namevirtualhost: Rule = {
  id: "namevirtualhost",
  group: "wiring",
  severity: "note",
  presets: ["recommended"],
  wanted: "NameVirtualHost is not used.",
  why: "Since 2.4 virtual hosts of one address are told apart by name always; the directive does nothing but warn (AH00548), and is to go.",
  proof: "NameVirtualHost warns and does nothing",
  bad: [
    `# wrong
NameVirtualHost *:80
`,
  ],
  good: [
    `<VirtualHost *:80>
  ServerName shop.example
</VirtualHost>
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const written of conf?.named("namevirtualhost") ?? []) {
      yield {
        at: lineSpot(written),
        subject: "NameVirtualHost",
        found: "a directive without effect",
        fix: "remove the line",
        repair: { kind: "delete", at: written.statement.place },
      };
    }
  },
};
