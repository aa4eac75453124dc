import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inLab, LAB_MODULES } from "../core/lint/lab.js";
import { confFixture } from "../support/conf-fixtures.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

/** The configuration of the article with the bytes of its page, as somebody copies it. */
const PRINTED = readFileSync(confFixture("article-as-printed.txt"), "utf8");

/** What httpd needs to run at all; the modules of the balancer are those of the file. */
const BARE = LAB_MODULES.filter((name) =>
  ["mpm_event", "unixd", "authn_core", "authz_core", "authz_host"].includes(name),
);

describeReal("the article as printed", ["apache2"], () => {
  it("starts on the real httpd after one run of lint --fix", async () => {
    const { files } = await runCommand(["lint", "article.conf", "--fix"], { "article.conf": PRINTED });
    const fixed = (files["article.conf"] ?? "").replaceAll(" modules/mod_", " /usr/lib/apache2/modules/mod_");
    await inLab(
      ({ a }) => fixed.replaceAll("http://localhost:8380", a),
      async ({ get }) => {
        expect(await get("/shop")).toMatchObject({ status: 200, by: "a" });
      },
      BARE,
    );
  });
});
