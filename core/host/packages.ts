import type { Layout, Packages } from "../vocabulary/layouts.js";

/** Where httpd and the modules come from in a layout; another image than that of the layout has its files in the same places. */
export function packagesOf(
  { packages, modulePackages = {} }: Layout,
  modules: readonly string[],
  image?: string,
): Packages {
  if (packages.from === "image") return image === undefined ? packages : { ...packages, image };
  if (packages.from !== "packages") return packages;
  return { ...packages, names: [...packages.names, ...modules.flatMap((name) => modulePackages[name] ?? [])] };
}
