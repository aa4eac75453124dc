import { LAYOUTS } from "../../../vocabulary/layouts.js";
import type { LayoutName } from "../../../vocabulary/layouts.js";

/** The layout this project is measured on: what `configtest` says is what Debian's `apache2 -t` says. */
const MEASURED: LayoutName = "debian";

const SERVER_ROOT = /^[ \t]*ServerRoot[ \t]+"?([^"\s]+)"?[ \t]*\r?$/im;

/**
 * The layout that a main file declares by its `ServerRoot`; Debian's where it has none, or one of its own. An image is
 * built from source with the default prefix: of two that are alike the last one says less.
 */
export function declaredLayout(text: string): LayoutName {
  const root = SERVER_ROOT.exec(text)?.[1]?.replace(/\/+$/, "");
  const found = (Object.keys(LAYOUTS) as LayoutName[]).findLast((name) => LAYOUTS[name].serverRoot === root);
  return found ?? MEASURED;
}

/** Where relative names of modules start from in a layout; undefined for the measured one, whose folder is not its root. */
export function moduleRootOf(layout: LayoutName): string | undefined {
  return layout === MEASURED ? undefined : LAYOUTS[layout].serverRoot;
}

/** True for a module that the httpd of a layout has in it, given the source files that Debian's has. */
export function isBuiltInto(layout: LayoutName, source: string): boolean {
  if (!source.startsWith("mod_") || source === "mod_so.c") return true;
  const names: readonly string[] = LAYOUTS[layout].builtIn;
  return names.includes(source.replace(/^mod_|\.c$/g, ""));
}
