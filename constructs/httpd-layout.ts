import { LAYOUTS } from "../core/vocabulary/layouts.js";
import type { Layout, LayoutName } from "../core/vocabulary/layouts.js";

/** How the installation of httpd is laid out that a configuration is written for. */
export interface HttpdLayout {
  /** Name in spec files and on the command line. */
  readonly name: LayoutName;
  /** Paths, built-in modules and packages of the layout. */
  readonly facts: Layout;
}

/**
 * Makes layouts: `HttpdLayout.debian()`, `.rhel()`, `.docker()`, `.source()`, or `.named(name)` where the name is a value.
 * Which there are, and what each is, stands in `LAYOUTS` of `cdktf-httpd-balancer/core`.
 */
export const HttpdLayout: Readonly<Record<LayoutName, () => HttpdLayout>> & {
  readonly named: (name: LayoutName) => HttpdLayout;
} = {
  ...(Object.fromEntries(
    (Object.keys(LAYOUTS) as readonly LayoutName[]).map((name) => [name, () => named(name)]),
  ) as Readonly<Record<LayoutName, () => HttpdLayout>>),
  named,
};

function named(name: LayoutName): HttpdLayout {
  return { name, facts: LAYOUTS[name] };
}
