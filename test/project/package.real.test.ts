import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { projectCopy, ROOT } from "../support/project-copy.js";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** The packed project, as npm would publish it. */
let tarball = "";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "package-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A new folder into which packages were installed with npm as a user would. */
function installed(name: string, ...packages: readonly string[]): string {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, private: true }));
  const words = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages, tarball];
  const { status, stderr } = spawnSync("npm", words, { cwd: project, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return project;
}

function node(project: string, ...words: readonly string[]) {
  return spawnSync(process.execPath, [...words], { cwd: project, encoding: "utf8" });
}

const SHOP = (from: string) => `
  const { App, TerraformStack } = require("${from}");
  const { BalancerCluster, HttpdServer, LocalTarget } = require("cdktf-httpd-balancer");
  const app = new App({ stackTraces: false });
  const stack = new TerraformStack(app, "shop");
  const cluster = new BalancerCluster(stack, "c").addMember("a", { url: "http://a:1" });
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: "run" }));
  app.synth();`;

describe("the packed project", () => {
  test("holds what is exported, and neither stacks nor source maps", () => {
    const project = projectCopy();
    if (existsSync(join(ROOT, "dist"))) cpSync(join(ROOT, "dist"), join(project, "dist"), { recursive: true });
    execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: project, stdio: "pipe" });
    tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
    const names = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).split("\n");
    expect(names).toContain("package/dist/core/index.js");
    expect(names).toContain("package/schema/spec.schema.json");
    expect(names.filter((name) => /stacks|\.map$|tsbuildinfo/.test(name))).toEqual([]);
  });

  test("has types for every way in which TypeScript resolves modules, of every entry", () => {
    const attw = join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const { status, stdout } = node(folder, attw, "--format", "ascii", tarball);
    expect(status, stdout).toBe(0);
  });

  test("installs into an empty project beside cdktf and the newest constructs, and synthesizes", () => {
    const project = installed("plain", "cdktf@0.21.0", "constructs");
    expect(node(project, "-e", SHOP("cdktf"))).toMatchObject({ status: 0 });
    expect(readdirSync(join(project, "cdktf.out/stacks/shop/web"))).toEqual(["httpd.conf"]);
    const entries = [
      "",
      "/core",
      "/targets",
      "/aws",
      "/docker",
      "/kubernetes",
      "/testing",
      "/matchers",
      "/matchers/node-test",
    ].map((entry) => `cdktf-httpd-balancer${entry}`);
    const imports = entries.map((entry) => `await import("${entry}"); require("${entry}");`).join("");
    const script = `import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/x.js"); ${imports}`;
    expect(node(project, "--input-type=module", "-e", script)).toMatchObject({ status: 0, stderr: "" });
    expect(node(project, "node_modules/cdktf-httpd-balancer/dist/cli/main.js", "--version").status).toBe(0);
  });

  test("takes the fork under its own name, with the constructs that it allows", () => {
    const project = installed("fork", "cdktn@0.24.0", "constructs@~10.7.0");
    expect(node(project, "-e", SHOP("cdktn"))).toMatchObject({ status: 0 });
    expect(readdirSync(join(project, "node_modules")).filter((name) => name === "cdktf")).toEqual([]);
  });

  test("says in one sentence that neither cdktf nor its fork is there, or that both are", () => {
    const neither = installed("neither", "constructs@~10.7.0");
    const load = ["-e", 'require("cdktf-httpd-balancer")'] as const;
    expect(node(neither, ...load).stderr).toContain(
      "cdktf-httpd-balancer: neither cdktf nor cdktn is installed; run `npm install cdktf constructs`",
    );
    expect(node(neither, "-e", 'require("cdktf-httpd-balancer/core")').status).toBe(0);
    const both = installed("both", "cdktf@0.21.0", "cdktn@0.24.0", "constructs@~10.7.0");
    expect(node(both, ...load).stderr).toContain(
      "cdktf-httpd-balancer: both cdktf and cdktn are installed, and their constructs do not mix; remove one of them",
    );
  });
});
