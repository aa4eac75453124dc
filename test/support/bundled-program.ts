import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

const ROOT = resolve(__dirname, "../..");

/** The program of this tree in one file, which starts at once; its folder stands where packages are found. */
export function bundledProgram(): { readonly folder: string; readonly path: string } {
  const cache = join(ROOT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "program-"));
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  const path = join(folder, "dist/cli/main.js");
  buildSync({
    entryPoints: [join(ROOT, "cli/main.ts")],
    outfile: path,
    bundle: true,
    packages: "external",
    external: ["../../package.json"],
    platform: "node",
    format: "cjs",
  });
  return { folder, path };
}
