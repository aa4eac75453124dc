import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { rulesOf } from "../../../core/lint/presets.js";
import { accessChanges } from "../../../core/route/access-change.js";
import { readText } from "../../support/conf-fixtures.js";
import { alone } from "./examples.js";

const RULES = rulesOf(["recommended"]).filter(({ id }) => id === "access-compat");

function fixOf(lines: readonly string[]): string {
  const [found] = lintConf(alone(sectionOf(lines)), RULES).diagnostics;
  return found?.fix ?? "none";
}

function sectionOf(lines: readonly string[]): string {
  const mount = "BalancerMember balancer://a http://a:1\nProxyPass / balancer://a/\n";
  return `${mount}<Location /a>\n${lines.join("\n")}\n</Location>\n`;
}

/** The lines that a fix names; undefined where it names none in particular. */
function linesIn(fix: string): readonly string[] | undefined {
  return /^write (.*) in place of/.exec(fix)?.[1]?.split(" / ");
}

function serverOf(lines: readonly string[]): Parameters<typeof accessChanges>[0] {
  const { topology } = readText(sectionOf(lines));
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server");
  return { topology, server };
}

const CLIENT = fc.constantFrom("all", "127.0.0.1", "10.0.0.0/8", "10.1", "192.0.2.7", "192.0.2.0/255.255.255.0");
const LINE = fc.oneof(
  fc.constantFrom("Order allow,deny", "Order deny,allow", "Order mutual-failure"),
  fc.tuple(fc.constantFrom("Allow", "Deny"), CLIENT).map(([name, client]) => `${name} from ${client}`),
);

describe("the lines of httpd 2.4 that take the place of Order, Allow and Deny", () => {
  it.each([
    [["Order deny,allow", "Deny from all", "Allow from 127.0.0.1"], "Require ip 127.0.0.1"],
    [["Order allow,deny", "Allow from all"], "Require all granted"],
    [["Order allow,deny"], "Require all denied"],
    [
      ["Order deny,allow", "Deny from all", "Allow from 10.0.0.0/8 example.org"],
      "<RequireAny> / Require ip 10.0.0.0/8 / Require host example.org / </RequireAny>",
    ],
    [
      ["Order allow,deny", "Allow from all", "Deny from 10.9"],
      "<RequireAll> / Require all granted / Require not ip 10.9 / </RequireAll>",
    ],
    [
      ["Order deny,allow", "Deny from 10.0.0.0/8", "Allow from 10.1"],
      "<RequireAny> / Require ip 10.1 / <RequireAll> / Require all granted / Require not ip 10.0.0.0/8 / </RequireAll> / </RequireAny>",
    ],
  ])("are worked out: %j is %s", (lines, expected) => {
    expect(fixOf(lines)).toContain(`write ${expected} in place of`);
  });

  it.each([[["Order deny,allow", "Satisfy Any"]], [["Order deny,allow", "Require all denied"]]])(
    "are left to people where other lines decide as well: %j",
    (lines) => {
      expect(linesIn(fixOf(lines))).toBeUndefined();
    },
  );

  it("let in and keep out the same clients", () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(LINE, { minLength: 1, maxLength: 4 }), (lines) => {
        const instead = linesIn(fixOf(lines));
        if (instead === undefined) return;
        compared += 1;
        expect(accessChanges(serverOf(lines), serverOf(instead)).changes, instead.join("\n")).toEqual([]);
      }),
      { seed: 12, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
