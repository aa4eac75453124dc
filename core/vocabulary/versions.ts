/** A released version of httpd, for example `2.4.71`. */
export type HttpdVersion = `${number}.${number}.${number}`;

/** The version every claim of this project was measured on, and the default target. */
export const MEASURED_VERSION: HttpdVersion = "2.4.71";

/** The development branch, of which no release is made yet: shown as 2.5 (preview). */
export const PREVIEW_VERSION: HttpdVersion = "2.5.0";

/** The oldest version configurations are written for; before 2.4.0 with the access control of 2.2. */
export const OLDEST_VERSION: HttpdVersion = "2.2.0";

/** Reads `2.4.71`; undefined for anything else. */
export function parseVersion(text: string): HttpdVersion | undefined {
  return /^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$/.test(text) ? (text as HttpdVersion) : undefined;
}

/** Negative when `left` is older, 0 when equal, positive when newer. */
export function compareVersions(left: HttpdVersion, right: HttpdVersion): number {
  const a = numbersOf(left);
  const b = numbersOf(right);
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing === -1 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}

const NUMBERS = new Map<HttpdVersion, readonly number[]>();

/** There are few versions, compared for every line that is written. */
function numbersOf(version: HttpdVersion): readonly number[] {
  const known = NUMBERS.get(version);
  if (known !== undefined) return known;
  const numbers = version.split(".").map(Number);
  NUMBERS.set(version, numbers);
  return numbers;
}

/** True when a word that came with `since` (always there when undefined) exists in `target`. */
export function existsIn(target: HttpdVersion, since: HttpdVersion | undefined): boolean {
  return since === undefined || compareVersions(target, since) >= 0;
}

/** Releases of httpd, from one on until before another. */
export interface VersionRange {
  /** First release. @default - every one before `until` */
  readonly since?: HttpdVersion;
  /** First release that is not in it any more. @default - there is none yet */
  readonly until?: HttpdVersion;
}

/** True for a release of a range. */
export function isWithin(httpd: HttpdVersion, { since, until }: VersionRange): boolean {
  return existsIn(httpd, since) && (until === undefined || compareVersions(httpd, until) < 0);
}
