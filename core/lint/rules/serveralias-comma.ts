import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: names of a host with a comma between them. */
export const serveraliasComma: Rule = {
  id: "serveralias-comma",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The names of a ServerAlias have blanks between them, and nothing else.",
  why: "httpd cuts ServerAlias at blanks: the comma belongs to the name in front of it, which no browser ever asks for. Its requests go to the first virtual host of the address, with what leads to backends there.",
  proof: "a comma belongs to the name of a ServerAlias",
  bad: [
    `<VirtualHost *:80>
  ServerName a.test
  # wrong
  ServerAlias b.test, c.test
</VirtualHost>
`,
  ],
  good: [
    `<VirtualHost *:80>
  ServerName a.test
  ServerAlias b.test c.test
</VirtualHost>
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const { words } of conf?.named("serveralias") ?? []) {
      for (const word of words) {
        if (!word.text.includes(",")) continue;
        const names = word.text.split(",").filter((name) => name !== "");
        yield {
          at: wordSpot(word),
          subject: "ServerAlias",
          found: `'${word.text}', of which the comma is part of the name`,
          fix: `write ${names.join(" ")}`,
          repair: { kind: "reword", at: word.place, from: word.text, to: names.join(" ") },
        };
      }
    }
  },
};
