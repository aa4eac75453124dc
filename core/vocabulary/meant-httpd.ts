import { DISTRIBUTIONS } from "./distributions.js";
import type { DistributionName } from "./distributions.js";
import { LAYOUTS } from "./layouts.js";
import type { LayoutName } from "./layouts.js";
import { compareVersions, MEASURED_VERSION, PREVIEW_VERSION } from "./versions.js";
import type { HttpdVersion } from "./versions.js";

/** The httpd that an answer is for, and who says so. */
export interface MeantHttpd {
  readonly version: HttpdVersion;
  /** Who asks, the input itself, the layout of its servers, or nobody. */
  readonly by: "asked" | "described" | "layout" | "default";
  /** The distribution that was asked for, or the layout. @default - a version was named */
  readonly name?: DistributionName | LayoutName;
}

/** The httpd of a distribution. */
export function distributionMeant(name: DistributionName): MeantHttpd {
  return { version: DISTRIBUTIONS[name].httpd, by: "asked", name };
}

/**
 * The httpd that is meant where nobody says so: the release that the layouts install, of several the oldest, which all
 * of them have outlived; without one the release that this project is measured on.
 */
export function usualHttpd(layouts: readonly LayoutName[]): MeantHttpd {
  // What a description says of its layout may not be judged yet.
  const known = layouts.filter((name) => Object.hasOwn(LAYOUTS, name));
  const [oldest] = known.toSorted((one, other) => compareVersions(LAYOUTS[one].httpd, LAYOUTS[other].httpd));
  const version = oldest === undefined ? MEASURED_VERSION : LAYOUTS[oldest].httpd;
  if (oldest === undefined || version === MEASURED_VERSION) return { version: MEASURED_VERSION, by: "default" };
  return { version, by: "layout", name: oldest };
}

/**
 * What is not known of the development branch: a build of October 2024 reads these otherwise than 2.4.71 (measured), and
 * no recorded answer says how in each case.
 */
const PREVIEW =
  "2.5 preview, read as 2.4.71: retry=0, times with units, long names of balancers and routes and sessions in the query string are other ones there";

/** A release as it is shown: of the development branch as what it is. */
function releaseText(version: HttpdVersion): string {
  return isPreview(version) ? `${version} (${PREVIEW})` : version;
}

function isPreview(version: HttpdVersion): boolean {
  return compareVersions(version, PREVIEW_VERSION) >= 0;
}

/** One short phrase for an answer. */
export function meantText({ version, by, name }: MeantHttpd): string {
  const why = {
    asked: name === undefined ? "as asked" : `${name}; what it back-ports is not known`,
    described: "as the input says",
    layout: `of layout ${name ?? "given"}; --httpd names another`,
    default: "the default; --httpd names another",
  }[by];
  return `for httpd ${releaseText(version)} (${why})`;
}

/** The releases behind a sentence, in a format that has no other place for them: ` For httpd 2.4.71.`; empty for none. */
export function forReleases(meant: readonly MeantHttpd[]): string {
  const releases = new Set(meant.map(({ version }) => (isPreview(version) ? `${version} (preview)` : version)));
  return releases.size === 0 ? "" : ` For httpd ${[...releases].join(", ")}.`;
}
