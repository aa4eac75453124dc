import { expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { describeReal } from "../../support/real.js";
import { alone } from "./examples.js";
import { inLab } from "./lab.js";

const HANDLER = "SetHandler balancer-manager";

/** What stands in `<Location /N/m>` beside the handler, and, behind `|`, in front of it or behind it. */
const SECTIONS: readonly string[] = [
  "",
  "Require all granted",
  "Require ip 10.0.0.0/8",
  "Require all denied",
  "Require all granted\nRequire ip 10.0.0.0/8",
  "<RequireAny>\nRequire all granted\nRequire ip 10.0.0.0/8\n</RequireAny>",
  "<RequireAll>\nRequire all granted\nRequire ip 10.0.0.0/8\n</RequireAll>",
  "<RequireAll>\nRequire all granted\nRequire not ip 10.0.0.0/8\n</RequireAll>",
  "<RequireAll>\n<RequireAny>\nRequire ip 10.0.0.0/8\nRequire all granted\n</RequireAny>\nRequire all granted\n</RequireAll>",
  "<Limit POST>\nRequire ip 10.0.0.0/8\n</Limit>",
  "<Limit GET POST>\nRequire ip 10.0.0.0/8\n</Limit>",
  "<LimitExcept POST>\nRequire ip 10.0.0.0/8\n</LimitExcept>",
  "Order deny,allow",
  "Order allow,deny",
  "Order allow,deny\nAllow from all",
  "Order deny,allow\nDeny from all",
  "Order deny,allow\nDeny from all\nAllow from all",
  "Order allow,deny\nAllow from all\nDeny from all",
  "Order deny,allow\nDeny from all\nAllow from 10.0.0.0/8",
  "Allow from 10.0.0.0/8",
  "Deny from all",
  "Allow from all\nRequire ip 10.0.0.0/8",
  "Deny from all\nRequire all granted",
  "Allow from all\nRequire ip 10.0.0.0/8\nSatisfy Any",
  "Deny from all\nRequire all granted\nSatisfy Any",
  "Deny from all\nRequire ip 10.0.0.0/8\nSatisfy Any",
  "<Limit GET POST>\nDeny from all\n</Limit>",
  "Require method GET",
  "<RequireAll>\nRequire method POST\nRequire ip 10.0.0.0/8\n</RequireAll>",
  "Require env NOBODY_SETS_THIS",
];

/** Sections in front of it and behind it: `@` stands for the path above the handler's. */
const AROUND: readonly (readonly [before: string, after: string])[] = [
  ["", ""],
  ["<Location @>\nRequire ip 10.0.0.0/8\n</Location>\n", ""],
  ["", "<Location @>\nRequire all granted\n</Location>\n"],
  ["", "<Location @/m>\nRequire ip 10.0.0.0/8\n</Location>\n"],
  ["", "<LocationMatch ^@/>\nRequire ip 10.0.0.0/8\n</LocationMatch>\n"],
  ["<Location @/>\nRequire all granted\nAuthMerging And\n</Location>\n", ""],
  ["", "<Location @>\nOrder allow,deny\n</Location>\n"],
  ["", "<Location @other>\nRequire ip 10.0.0.0/8\n</Location>\n"],
];

interface Case {
  readonly path: string;
  readonly text: string;
}

const CASES: readonly Case[] = AROUND.flatMap(([before, after]) =>
  SECTIONS.map((section) => [before, section, after] as const),
).map(([before, section, after], index) => {
  const text = `${before}<Location @/m>\n${HANDLER}\n${section}\n</Location>\n${after}`;
  return { path: `/p${index}x`, text: text.replaceAll("@", `/p${index}x`) };
});

describeReal("access to a balancer-manager, judged beside the real httpd", ["apache2"], () => {
  it("is called open to everybody where GET or POST of a stranger are let in, and only there", async () => {
    await inLab(
      () => CASES.map(({ text }) => text).join(""),
      async ({ address, port }) => {
        for (const { path, text } of CASES) {
          const url = `http://${address}:${port}${path}/m`;
          const [got, posted] = await Promise.all([fetch(url), fetch(url, { method: "POST" })]);
          const isOpen = got.status !== 403 || posted.status !== 403;
          const { diagnostics } = lintConf(alone(text));
          const isCalledOpen = diagnostics.some(({ rule }) => rule === "manager-access");
          expect(isCalledOpen, `${text} ${got.status} ${posted.status}`).toBe(isOpen);
        }
      },
    );
  });
});
