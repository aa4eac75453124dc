import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Version of this program: that of the nearest package.json above this file. */
export function programVersion(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly version: string }).version;
}
