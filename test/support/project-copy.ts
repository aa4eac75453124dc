import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** The project's own folder. */
export const ROOT = resolve(__dirname, "../..");

/** What a program needs to run, and what the scripts need to build it. */
const SOURCES = [
  "core",
  "constructs",
  "live",
  "cli",
  "stacks",
  "scripts",
  "index.ts",
  "package.json",
  "package-lock.json",
  "cdktf.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

/**
 * A copy of this project's sources in a folder of its own, with the installed packages linked in; removed when the
 * test has finished.
 *
 * @param aliases - packages that stand under another name, as `"cdktf": "npm:cdktn"` in a package.json would place them
 */
export function projectCopy(aliases: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const part of SOURCES)
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, preserveTimestamps: true });
  const packages = join(ROOT, "node_modules");
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(packages)) {
    symlinkSync(join(packages, aliases[name] ?? name), join(folder, "node_modules", name));
  }
  return folder;
}
