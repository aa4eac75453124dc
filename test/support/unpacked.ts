import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { describeReal } from "./real.js";
import type { Component } from "./real.js";

const CACHE = join(tmpdir(), `httpd-balancer-packages-${process.getuid?.() ?? 0}`);

/**
 * The folder that Debian packages are unpacked in, beside the system and not into it: nothing is installed, no service
 * starts. Undefined where they cannot be had.
 */
export function unpacked(packages: readonly string[]): string | undefined {
  const folder = join(CACHE, packages.join("+"));
  if (existsSync(folder)) return folder;
  try {
    mkdirSync(CACHE, { recursive: true });
    const draft = mkdtempSync(join(CACHE, "draft-"));
    execFileSync("apt-get", ["download", "-q", ...packages], { cwd: draft, stdio: "ignore", timeout: 120_000 });
    const archives = readdirSync(draft).filter((name) => name.endsWith(".deb"));
    for (const name of archives) execFileSync("dpkg", ["-x", join(draft, name), join(draft, "root")]);
    renameSync(join(draft, "root"), folder);
    return folder;
  } catch {
    return undefined;
  }
}

/** A suite that needs Debian packages unpacked, beside real programs; skipped, or failing, as those of `describeReal`. */
export function describeUnpacked(
  name: string,
  packages: readonly string[],
  components: readonly Component[],
  body: (folder: string) => void,
): void {
  const folder = unpacked(packages);
  if (folder === undefined && process.env["REQUIRE_REAL"] !== "1") {
    describe.skip(`${name} [skipped: Debian's ${packages.join(", ")} cannot be downloaded]`, () => {
      body("");
    });
    return;
  }
  if (folder === undefined) throw new Error(`Debian's ${packages.join(", ")} cannot be downloaded`);
  describeReal(name, components, () => {
    body(folder);
  });
}
