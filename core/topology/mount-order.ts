import { fromUnicode } from "../httpd/bytes.js";
import { matcherOf } from "../httpd/regex.js";
import type { Mount } from "./topology.js";

/**
 * Mounts outside sections in the order their lines have to stand so that none hides another: httpd takes the first
 * that matches. Exclusions come first, except one that would hide a longer mount; longer paths come before shorter
 * ones; a regular expression comes after the paths it matches and before all others. Otherwise the given order stays.
 */
export function orderMounts(mounts: readonly Mount[]): readonly Mount[] {
  const expressions = mounts.filter(({ match }) => match === true);
  const prefixes = mounts.filter(({ match }) => match !== true).toSorted(byLength);
  const early = new Set(prefixes.filter((mount) => isExclusion(mount) && !hidesAnother(mount, prefixes)));
  const late = prefixes.filter((mount) => !early.has(mount));
  const hidden = new Set(late.filter(({ path }) => expressions.some((expression) => matches(expression, path))));
  return [...early, ...expressions, ...late].toSorted(
    (left, right) => rank(left, { early, hidden }) - rank(right, { early, hidden }),
  );
}

/** `<Location>` blocks: httpd merges all that match and the last wins, so shorter paths come first. */
export function orderLocations<T extends { readonly path: string }>(locations: readonly T[]): readonly T[] {
  return locations.toSorted((left, right) => left.path.length - right.path.length);
}

function byLength(left: Mount, right: Mount): number {
  return right.path.length - left.path.length || Number(isExclusion(right)) - Number(isExclusion(left));
}

function isExclusion({ to }: Mount): boolean {
  return to.kind === "exclude";
}

function hidesAnother(exclusion: Mount, mounts: readonly Mount[]): boolean {
  const segment = exclusion.path.endsWith("/") ? exclusion.path : `${exclusion.path}/`;
  return mounts.some((mount) => !isExclusion(mount) && mount.path.startsWith(segment));
}

function rank(
  mount: Mount,
  groups: { readonly early: ReadonlySet<Mount>; readonly hidden: ReadonlySet<Mount> },
): number {
  if (groups.early.has(mount)) return 0;
  if (mount.match === true) return isExclusion(mount) ? 2 : 3;
  if (mount.path === "/") return 5;
  return groups.hidden.has(mount) ? 1 : 4;
}

/** An expression that httpd does not compile, or of which nothing can be told, is taken to match nothing. */
function matches(expression: Mount, path: string): boolean {
  return matcherOf(fromUnicode(expression.path))?.test(fromUnicode(path)) === true;
}
