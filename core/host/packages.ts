import type { Layout, Packages } from "../vocabulary/layouts.js";

/** Where httpd and the modules come from in a layout. */
export function packagesOf({ packages, modulePackages = {} }: Layout, modules: readonly string[]): Packages {
  if (packages.from !== "packages") return packages;
  return { ...packages, names: [...packages.names, ...modules.flatMap((name) => modulePackages[name] ?? [])] };
}
