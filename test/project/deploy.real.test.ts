import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { projectCopy } from "../support/project-copy.js";
import { describeReal } from "../support/real.js";

vi.setConfig({ testTimeout: 300_000 });

/** Runs one of the two scripts in a copy of the project. */
function script(folder: string, command: "deploy" | "destroy"): string {
  return execFileSync(process.execPath, ["scripts/deploy.mjs", command], {
    cwd: folder,
    encoding: "utf8",
    stdio: "pipe",
  });
}

describeReal("npm run deploy", ["terraform", "apache2"], () => {
  test("starts a real httpd that answers as the model says, and destroy ends exactly that", async () => {
    const folder = projectCopy();
    try {
      const shown = script(folder, "deploy");
      expect(shown).toContain("node2 node2 node1 node2 node2 node2 node2 node2 node1 node2 node2 node2");
      const { url } = JSON.parse(readFileSync(join(folder, "run/demo.json"), "utf8")) as { readonly url: string };
      expect(shown).toContain(`httpd serves at ${url}`);
      script(folder, "destroy");
      expect(existsSync(join(folder, "run/demo.json"))).toBe(false);
      await expect(fetch(url)).rejects.toThrow();
    } finally {
      execFileSync(process.execPath, ["scripts/demo.mjs", "stop"], { cwd: folder });
    }
  });

  test("without terraform says what to install", () => {
    const folder = projectCopy();
    const env = { ...process.env, PATH: join(folder, "nowhere") };
    const deploy = () =>
      execFileSync(process.execPath, ["scripts/deploy.mjs", "deploy"], { cwd: folder, env, stdio: "pipe" });
    expect(deploy).toThrow("terraform is not on PATH; install terraform 1.5 or newer");
  });
});
