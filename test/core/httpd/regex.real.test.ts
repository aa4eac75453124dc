import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compiles } from "../../../core/httpd/regex.js";
import { component, describeReal } from "../../support/real.js";

const PATTERNS = [
  "^/x/(.*)$",
  "(",
  "[a",
  "a{2,1}",
  "\\1",
  "(a)\\1",
  "\\12",
  "\\2a(b)",
  "\\g1",
  "(a)\\g1",
  "(a)\\g{1}",
  "\\g{2}",
  "(a)(b)\\g2",
  "a\\g",
  "a\\g{-1}",
  "(a)\\g{-1}",
  "(a)\\g{-2}(b)",
  "a\\g{+1}",
  "a\\g{+1}(b)",
  "\\g{12}",
  "(?1)",
  "(a)(?1)",
  "(a)(?-1)",
  "(?-1)(a)",
  "(?+1)(a)",
  "(?+2)(a)",
  "(?0)",
  "(?R)",
  "\\g<1>",
  "(a)\\g<1>",
  "\\g'2'",
  "\\c",
  "a++",
  "(?>a)",
  "(?P<n>a)",
  "[z-a]",
  "[a-\\d]",
  "[-\\d]",
  "[ab-\\d]",
  "[a-c-\\d]",
  "[a\\d-]",
  "(?&n)",
  "(?<n>a)(?&n)",
  "(?P>n)",
  "\\Qa(\\E",
  "a\\",
];

describeReal("a regular expression", ["apache2"], () => {
  it.each(PATTERNS)("compiles exactly when httpd says so: %s", (pattern) => {
    const folder = mkdtempSync(join(tmpdir(), "regex-"));
    try {
      const file = join(folder, "httpd.conf");
      const lines = [
        `ServerRoot ${folder}`,
        "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so",
        `ErrorLog ${folder}/error.log`,
        `PidFile ${folder}/pid`,
        "Listen 127.0.0.1:80",
        `<LocationMatch "${pattern.replace(/\\$/, "\\\\")}">`,
        "</LocationMatch>",
      ];
      writeFileSync(file, `${lines.join("\n")}\n`);
      const { status } = spawnSync(component("apache2"), ["-t", "-f", file]);
      expect(compiles(pattern)).toBe(status === 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
