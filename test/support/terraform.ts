import { spawnSync } from "node:child_process";
import { component } from "./real.js";

/** What a terraform command said. */
export interface TerraformRun {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs terraform in a stack's folder. Whatever it would ask the network for fails at once: the proxy it is given does
 * not exist.
 */
export function terraform(folder: string, ...words: readonly string[]): TerraformRun {
  const { status, stdout, stderr } = spawnSync(component("terraform"), [...words], {
    cwd: folder,
    encoding: "utf8",
    env: terraformEnvironment(folder),
  });
  return { status, output: `${stdout}${stderr}` };
}

/** What terraform finds around it. */
export function terraformEnvironment(folder: string): Readonly<Record<string, string | undefined>> {
  const nowhere = "http://127.0.0.1:9";
  return {
    PATH: process.env["PATH"],
    HOME: folder,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
  };
}
