import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, median } from "./pairs.js";

// What `import "cdktf-httpd-balancer"` costs whoever has imported cdktf, in seconds of the processor.
const ROUNDS = 9;
const ROOT = join(__dirname, "..");

const folder = mkdtempSync(join(tmpdir(), "bench-import-"));
try {
  project(folder);
  judge("import of the package beyond cdktf, s", median(importsOf("cdktf-httpd-balancer")), 0.25);
  judge("import of its core beyond cdktf, s", median(importsOf("cdktf-httpd-balancer/core")), 0.25);
} finally {
  rmSync(folder, { recursive: true });
}

/** A project with the package as it is shipped, and with the packages that it finds beside it; the fork is not there. */
function project(into: string): void {
  const modules = join(into, "node_modules");
  const own = join(modules, "cdktf-httpd-balancer");
  mkdirSync(own, { recursive: true });
  for (const part of ["package.json", "dist"]) cpSync(join(ROOT, part), join(own, part), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (!name.startsWith(".") && name !== "cdktn") symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
}

function importsOf(entry: string): readonly number[] {
  const script = `import "cdktf"; const before = process.cpuUsage(); await import("${entry}");
    const { user, system } = process.cpuUsage(before); console.log((user + system) / 1e6);`;
  return Array.from({ length: ROUNDS }, () => {
    const words = ["--input-type=module", "-e", script];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return Number(stdout);
  });
}
