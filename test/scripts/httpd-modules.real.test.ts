import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { modulesTable, TABLE } from "../../scripts/httpd-modules.js";
import { component, describeReal } from "../support/real.js";

const FOLDER = "/usr/lib/apache2/modules";

describeReal("the table of httpd's modules", ["apache2"], () => {
  it("is what the binaries of this machine say, where they are of its version", () => {
    const kept = readFileSync(TABLE, "utf8");
    const version = /Apache\/(\S+)/.exec(execFileSync(component("apache2"), ["-v"], { encoding: "utf8" }))?.[1] ?? "";
    const made = modulesTable(component("apache2"), FOLDER);
    expect(made).toContain(`of httpd ${version} (`);
    if (kept.includes(`of httpd ${version} (`)) expect(made).toBe(kept);
    else expect(made).toContain('symbol: "proxy_balancer_module"');
  });

  it("names the directives that configtest judges by it", () => {
    const made = modulesTable(component("apache2"), FOLDER);
    expect(made).toContain("\nBalancerMember 192 RAW_ARGS A balancer name and scheme with list of params");
    expect(made).toContain(
      "<Proxy 128 RAW_ARGS Container for directives affecting resources located in the proxied location",
    );
  });
});
