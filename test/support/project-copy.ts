import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
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
  "matchers",
  "cli",
  "stacks",
  "scripts",
  "schema",
  "README.md",
  "LICENSE",
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

/** Compiles a copy into its dist/; what an earlier build left is taken along, so that little has to be done. */
export function compile(folder: string): void {
  const built = join(ROOT, "dist");
  if (existsSync(built)) cpSync(built, join(folder, "dist"), { recursive: true });
  const words = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
}
