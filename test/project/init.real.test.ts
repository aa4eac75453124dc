import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { projectCopy, ROOT } from "../support/project-copy.js";
import { describeReal } from "../support/real.js";

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Nobody is asked for newer versions, which takes minutes where no network is. */
const QUIET = { CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CI: "1" };

/** Runs a program in the new project, without a terminal. */
function run(program: string, ...words: readonly string[]): string {
  const done = spawnSync(program, words, {
    cwd: join(folder, "shop"),
    encoding: "utf8",
    input: "",
    env: { ...process.env, ...QUIET },
  });
  expect(done.status, `${program} ${words.join(" ")}\n${done.stdout}${done.stderr}`).toBe(0);
  return done.stdout;
}

describeReal("an empty folder", ["terraform"], () => {
  test("becomes a project that installs, is tested, synthesizes, deploys and is destroyed", () => {
    const project = projectCopy();
    if (existsSync(join(ROOT, "dist"))) cpSync(join(ROOT, "dist"), join(project, "dist"), { recursive: true });
    execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: project, stdio: "pipe" });
    const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
    mkdirSync(join(folder, "shop"));
    writeFileSync(join(folder, "shop/package.json"), "{}");
    const install = ["install", "--no-audit", "--no-fund", "--prefer-offline"];
    run("npm", ...install, "cdktf@0.21.0", "constructs", tarball);
    expect(run("npx", "httpd-balancer", "init")).toContain("next: npm install, npm test, npx cdktf synth");
    run("npm", ...install);
    run("npx", "tsc", "-p", ".");
    expect(run("npm", "test")).toContain("pass 1");
    run("npx", "cdktf", "synth");
    const rendered = join(folder, "shop/cdktf.out/stacks/shop/web/httpd.conf");
    expect(readFileSync(rendered, "utf8")).toContain("BalancerMember http://localhost:8080 route=node1");
    run("npx", "cdktf", "deploy", "shop", "--auto-approve");
    expect(readFileSync(join(folder, "shop/run/httpd.conf"), "utf8")).toBe(readFileSync(rendered, "utf8"));
    run("npx", "cdktf", "destroy", "shop", "--auto-approve");
    expect(existsSync(join(folder, "shop/run/httpd.conf"))).toBe(false);
  });
});
