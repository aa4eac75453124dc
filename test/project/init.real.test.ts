import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

/** Words of each installation: npm's own cache is asked first. */
const INSTALL = ["install", "--no-audit", "--no-fund", "--prefer-offline"];

type Run = (program: string, ...words: readonly string[]) => string;

/** Runs programs in a folder without a terminal, by the Node of a folder; what npm compiles is compiled for that one. */
function runner(cwd: string, node: string): Run {
  const env = {
    ...process.env,
    ...QUIET,
    PATH: `${join(node, "bin")}:${process.env["PATH"] ?? ""}`,
    ...(existsSync(join(node, "include/node")) && { npm_config_nodedir: node }),
  };
  return (program, ...words) => {
    const done = spawnSync(program, words, { cwd, encoding: "utf8", input: "", env });
    expect(done.status, `${program} ${words.join(" ")}\n${done.stdout}${done.stderr}`).toBe(0);
    return done.stdout;
  };
}

/** The project as npm would publish it, packed once. */
function packed(): string {
  const found = (): string | undefined => readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (found() === undefined) {
    const project = projectCopy();
    if (existsSync(join(ROOT, "dist"))) cpSync(join(ROOT, "dist"), join(project, "dist"), { recursive: true });
    execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: project, stdio: "pipe" });
  }
  return join(folder, found() ?? "");
}

/** The folder of a Node of this release: that which runs here, or the newest of those that npm has. */
function nodeOf(release: number): string {
  const running = dirname(dirname(process.execPath));
  if (process.versions.node.startsWith(`${release}.`)) return running;
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(folder, `node${release}`);
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), "{}");
  runner(home, running)("npm", ...INSTALL, `${name}@${release}`);
  return join(home, "node_modules", name);
}

describeReal("an empty folder", ["terraform"], () => {
  test.each([20, 22, 24])(
    "becomes a project that installs, is tested, synthesizes, deploys and is destroyed, on Node %d",
    (release) => {
      const shop = join(folder, `on-${release}`, "shop");
      mkdirSync(shop, { recursive: true });
      writeFileSync(join(shop, "package.json"), "{}");
      const run = runner(shop, nodeOf(release));
      expect(run("node", "--version")).toMatch(new RegExp(`^v${release}\\.`));
      run("npm", ...INSTALL, "cdktf@0.21.0", "constructs", packed());
      expect(run("npx", "httpd-balancer", "init")).toContain("next: npm install, npm test, npx cdktf synth");
      run("npm", ...INSTALL);
      run("npx", "tsc", "-p", ".");
      expect(run("npm", "test")).toContain("pass 1");
      run("npx", "cdktf", "synth");
      const rendered = join(shop, "cdktf.out/stacks/shop/web/httpd.conf");
      expect(readFileSync(rendered, "utf8")).toContain("BalancerMember http://localhost:8080 route=node1");
      run("npx", "cdktf", "deploy", "shop", "--auto-approve");
      expect(readFileSync(join(shop, "run/httpd.conf"), "utf8")).toBe(readFileSync(rendered, "utf8"));
      run("npx", "cdktf", "destroy", "shop", "--auto-approve");
      expect(existsSync(join(shop, "run/httpd.conf"))).toBe(false);
    },
  );
});
