import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compileRegex } from "../../../core/httpd/regex.js";
import type { Matcher } from "../../../core/httpd/regex.js";
import { send } from "../../../live/client.js";
import { startHttpd } from "../../../live/httpd.js";
import { claimLoopback } from "../../../live/ports.js";
import { findHttpd } from "../../../live/program.js";
import { component, describeReal } from "../../support/real.js";
import { patterns, subjects } from "./patterns.js";

/** Patterns whose fate hangs on a detail. */
const DETAILS = [
  ...["^/x/(.*)$", "(", "[a", "a{2,1}", "\\1", "(a)\\1", "\\12", "\\2a(b)", "\\g1", "(a)\\g1", "(a)\\g{1}", "\\g{2}"],
  ...["(a)(b)\\g2", "a\\g", "a\\g{-1}", "(a)\\g{-1}", "(a)\\g{-2}(b)", "a\\g{+1}", "a\\g{+1}(b)", "\\g{12}", "(?1)"],
  ...[
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
  ],
  ...["a++", "(?>a)", "(?P<n>a)", "[z-a]", "[a-\\d]", "[-\\d]", "[ab-\\d]", "[a-c-\\d]", "[a\\d-]", "(?&n)", "(?P>n)"],
  ...["(?<n>a)(?&n)", "\\Qa(\\E", "a\\", "(?<=a*)b", "(?<=(?:a|bc))", "(?<=a|bc)", "^*", "\\b?", "a**", "a{1}{2}"],
  ...["[[:foo:]]", "[:alpha:]", "(?(1)a)", "(a)(?(1)b|c|d)", "(*ACCEPT)", "(*NOPE)", "\\x{100}", "\\400", "(?^-i)a"],
];

/** Some of one kind, so that the run stays short. */
const SOME = 40;

function refusedByHttpd(pattern: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "regex-"));
  try {
    const file = join(folder, "httpd.conf");
    const lines = [
      `ServerRoot ${folder}`,
      "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so",
      `ErrorLog ${folder}/error.log`,
      `PidFile ${folder}/pid`,
      "Listen 127.0.0.1:80",
      `<LocationMatch ${quoted(pattern)}>`,
      "</LocationMatch>",
    ];
    writeFileSync(file, `${lines.join("\n")}\n`, "latin1");
    return spawnSync(component("apache2"), ["-t", "-f", file]).status !== 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeReal("a regular expression", ["apache2"], () => {
  const seed = Number(process.env["SEED"] ?? 20_261_126);
  const generated = fc.sample(patterns, { numRuns: Number(process.env["PATTERNS"] ?? 400), seed });

  it.each(DETAILS)("compiles exactly when httpd says so: %s", (pattern) => {
    expect(compileRegex(pattern).kind === "refused").toBe(refusedByHttpd(pattern));
  });

  it("is refused by httpd where it is refused here", () => {
    const refused = generated.filter((pattern) => compileRegex(pattern).kind === "refused").slice(0, SOME);
    expect(refused.length).toBe(SOME);
    expect(refused.filter((pattern) => !refusedByHttpd(pattern))).toEqual([]);
  });

  it("matches what httpd matches, and its groups take the same", async () => {
    const matchers = generated.flatMap((pattern) => {
      const regex = compileRegex(pattern);
      return regex.kind === "matcher" && !pattern.includes("\n") ? [{ pattern, regex }] : [];
    });
    expect(matchers.length).toBeGreaterThan(generated.length / 4);
    const loopback = await claimLoopback();
    const port = await loopback.freePort();
    const asked = matchers.flatMap(({ pattern }, index) => [
      `SetEnvIf X-Subject ${quoted(pattern)} "M${index}=<$1|$2|$3>"`,
      `Header always set M${index} "%{M${index}}e"`,
    ]);
    const body = [`Listen ${loopback.address}:${port}`, ...asked, ""].join("\n");
    const httpd = await startHttpd({ program: findHttpd(process.env), modules: [...MODULES], body });
    const outcomes = new Set<boolean>();
    try {
      for (const subject of new Set(fc.sample(subjects, { numRuns: 40, seed }))) {
        const answer = await send({ address: loopback.address, port, path: "/", headers: { "X-Subject": subject } });
        for (const [index, { pattern, regex }] of matchers.entries()) {
          const real = answer.headers.get(`m${index}`);
          const hit = real !== undefined && real !== "(null)";
          outcomes.add(hit);
          expect(regex.test(subject), `${pattern} on '${subject}'`).toBe(hit);
          // A pattern without special characters is searched as text, and `$1` stays.
          if (hit && !real.includes("$") && regex.exactGroups)
            expect(groupsOf(regex, subject), `${pattern} on '${subject}'`).toBe(real);
        }
      }
    } finally {
      await httpd.stop();
      await loopback.release();
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });
});

const MODULES = ["authn_core", "authz_core", "unixd", "setenvif", "headers"] as const;

/** As httpd writes them into a value; blanks at the end of a header are not kept. */
function groupsOf(regex: Matcher, subject: string): string {
  const [, one = "", two = "", three = ""] = regex.exec(subject) ?? [];
  return `<${one}|${two}|${three}>`;
}

function quoted(pattern: string): string {
  return `"${pattern.replace(/["\\]/g, "\\$&")}"`;
}
