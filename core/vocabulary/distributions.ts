import type { LayoutName } from "./layouts.js";
import type { HttpdVersion } from "./versions.js";

/** A distribution whose httpd people run. */
export interface Distribution {
  /** The release of httpd it is built from. The distribution back-ports fixes, which a version does not show. */
  readonly httpd: HttpdVersion;
  /** How it is installed. */
  readonly layout: LayoutName;
  readonly doc: string;
}

/** Distributions by the name that `--httpd` takes. */
export const DISTRIBUTIONS = {
  rhel7: { httpd: "2.4.6", layout: "rhel", doc: "Red Hat Enterprise Linux 7 and its rebuilds" },
  rhel8: { httpd: "2.4.37", layout: "rhel", doc: "Red Hat Enterprise Linux 8 and its rebuilds" },
  rhel9: {
    httpd: "2.4.62",
    layout: "rhel",
    doc: "Red Hat Enterprise Linux 9 and its rebuilds; older releases of it have 2.4.57",
  },
  "ubuntu22.04": { httpd: "2.4.52", layout: "debian", doc: "Ubuntu 22.04" },
  "ubuntu24.04": { httpd: "2.4.58", layout: "debian", doc: "Ubuntu 24.04" },
  debian12: { httpd: "2.4.65", layout: "debian", doc: "Debian 12 with its security updates; it started with 2.4.57" },
  debian13: { httpd: "2.4.71", layout: "debian", doc: "Debian 13" },
  docker: { httpd: "2.4.71", layout: "docker", doc: "the image httpd:2.4" },
} as const satisfies Record<string, Distribution>;

/** A name of {@link DISTRIBUTIONS}. */
export type DistributionName = keyof typeof DISTRIBUTIONS;

/** True for a name of {@link DISTRIBUTIONS}. */
export function isDistributionName(name: string): name is DistributionName {
  return Object.hasOwn(DISTRIBUTIONS, name);
}
