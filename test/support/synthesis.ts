import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { onTestFinished } from "vitest";

/** A project in a folder of its own; removed when the test has finished. */
export interface Project {
  readonly app: App;
  /** The folder that holds `cdktf.out`. */
  readonly folder: string;
  /** A stack with a state file inside the project. */
  stack(id: string): TerraformStack;
  /** Synthesizes and returns every file of `cdktf.out` by its path. */
  readonly synth: () => Readonly<Record<string, string>>;
}

/** A new, empty project. */
export function project(): Project {
  const folder = mkdtempSync(join(tmpdir(), "constructs-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const outdir = join(folder, "cdktf.out");
  const app = new App({ outdir, stackTraces: false });
  return {
    app,
    folder,
    stack(id) {
      const stack = new TerraformStack(app, id);
      new LocalBackend(stack, { path: `../../../${id}.tfstate` });
      return stack;
    },
    synth: () => {
      app.synth();
      return filesBelow(outdir);
    },
  };
}

/** Every file below a folder by its relative path. */
export function filesBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}
