import type { LayoutName } from "../vocabulary/layouts.js";
import type { Packages } from "./plan.js";

/** Modules that Red Hat keeps in packages of their own. */
const APART_ON_RED_HAT: ReadonlyMap<string, string> = new Map([["ssl", "mod_ssl"]]);

/** Number of www-data in Debian, which the image is made of. */
const WWW_DATA = 33;

/** Where httpd and the modules come from in a layout. */
export function packagesOf(layout: LayoutName, modules: readonly string[]): Packages {
  switch (layout) {
    case "debian":
      return { from: "packages", manager: "apt-get", names: ["apache2", "curl"] };
    case "rhel": {
      const apart = modules.flatMap((name) => APART_ON_RED_HAT.get(name) ?? []);
      return { from: "packages", manager: "dnf", names: ["httpd", "curl", ...apart] };
    }
    case "docker":
      return { from: "image", image: "httpd:2.4", uid: WWW_DATA };
    case "source":
      return { from: "given" };
  }
}
