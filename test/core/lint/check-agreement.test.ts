import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { checkPromises } from "../../../core/promises/check.js";
import { readText } from "../../support/conf-fixtures.js";
import { alone } from "./examples.js";

function confOf(members: readonly string[], parameters = ""): string {
  const lines = members.map((words, index) => `  BalancerMember http://10.0.0.${index + 1}:8080 ${words}`.trimEnd());
  const set = parameters === "" ? [] : [`  ProxySet ${parameters}`];
  const section = ["<Proxy balancer://c>", ...lines, ...set, "</Proxy>"];
  return `${[...section, "ProxyPass / balancer://c/", "ProxyPassReverse / balancer://c/"].join("\n")}\n`;
}

function brokenIn(text: string): readonly string[] {
  return checkPromises(readText(text).topology).flatMap(({ verdict, id }) => (verdict === "broken" ? [id] : []));
}

/** Rules that speak of the failover of a balancer. */
const OF_FAILOVER =
  /^(?:promise-broken|rolling-restart|failover|standby|spare|forcerecovery|nofailover|ignored-errors|out-of-service|cluster-in-service|retry-zero|status-internal|health-check|hcuri)/;

function foundIn(text: string): readonly string[] {
  return lintConf(alone(text)).diagnostics.flatMap(({ rule }) => (OF_FAILOVER.test(rule) ? [rule] : []));
}

const MEMBER = fc.constantFrom("", "", "retry=5", "loadfactor=5", "status=+H", "status=+I", "route=a", "lbset=1");
const PARAMETERS = fc.constantFrom(
  "",
  "maxattempts=0",
  "maxattempts=2",
  "maxattempts=4",
  "maxattempts=6",
  "forcerecovery=Off maxattempts=4",
  "lbmethod=bybusyness",
);

describe("lint and check", () => {
  it("agree: what check proves broken, lint finds", () => {
    let broken = 0;
    fc.assert(
      fc.property(fc.array(MEMBER, { minLength: 2, maxLength: 3 }), PARAMETERS, (members, parameters) => {
        const text = confOf(members, parameters);
        const promises = brokenIn(text);
        if (promises.length === 0) return;
        broken += 1;
        expect(foundIn(text), `${promises.join(", ")} of\n${text}`).not.toEqual([]);
      }),
      { seed: 12, numRuns: 40 },
    );
    expect(broken).toBeGreaterThan(15);
  });

  it.each([2, 3, 4, 8])(
    "name the same maxattempts for %i plain members, and neither says a word beyond it",
    (count) => {
      const plain = (parameters: string): string =>
        confOf(
          Array.from({ length: count }, () => ""),
          parameters,
        );
      const [always] = checkPromises(readText(plain("")).topology);
      const [mend] = always?.mends ?? [];
      const [found] = lintConf(alone(plain(""))).diagnostics;
      expect(found).toMatchObject({ rule: "rolling-restart-maxattempts", fix: `set ${mend?.changes[0]?.text ?? ""}` });
      expect(foundIn(plain(`maxattempts=${2 * count - 3}`))).toEqual(["rolling-restart-maxattempts"]);
      expect(foundIn(plain(`maxattempts=${2 * count - 2}`))).toEqual([]);
      expect(brokenIn(plain(`maxattempts=${2 * count - 2}`))).toEqual([]);
    },
  );

  it("neither speaks of a balancer that no request comes to, nor of one whose hole somebody accepted", () => {
    expect(foundIn(confOf(["", ""]).replace(/^ProxyPass.*\n/gm, ""))).toEqual([]);
    const accepted = "# httpd-balancer: allow rolling-restart-maxattempts because the front is restarted at night\n";
    expect(foundIn(`${accepted}${confOf(["", ""])}`)).toEqual([]);
  });
});
