import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/project-copy.js";

const README = readFileSync(join(ROOT, "README.md"), "utf8");

describe("who comes for the first time", () => {
  it("is told how it is installed in the first screen, and sees a picture there", () => {
    const screen = README.split("\n").slice(0, 40).join("\n");
    expect(screen).toMatch(/^npm install .*cdktf-httpd-balancer/m);
    expect(screen).toMatch(/!\[[^\]]+\]\(docs\/[a-z]+\.svg\)/);
  });

  it.each([
    ...["CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "LICENSE"],
    ...["docs/existing-front.md", "docs/api/index.api.md", "docs/lint.md", "docs/testing.md", "docs/parameters.md"],
  ])("has %s", (path) => {
    expect(statSync(join(ROOT, path)).size).toBeGreaterThan(100);
  });

  it("follows no link of the README that leads nowhere", () => {
    const links = [...README.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, target = ""]) => target);
    const own = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });
});
