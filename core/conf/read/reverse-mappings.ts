import { withBalancerInLowerCase } from "../../httpd/balancer-name.js";
import { isPattern } from "../../httpd/fnmatch.js";
import { mountsAsWritten } from "../../topology/mounts.js";
import type { CookieMapping, Mount, ReverseMapping } from "../../topology/topology.js";
import type { WorkerParameters } from "../../vocabulary/worker.js";
import { plainValues } from "./balancers.js";
import type { GrowingReverse, GrowingScope, Located } from "./read-state.js";
import type { SourcePlace } from "../../vocabulary/place.js";

/** Mounts of a scope with all that belongs to them. */
export interface JoinedMounts {
  readonly mounts: readonly { readonly mount: Mount; readonly place: SourcePlace }[];
  /** True when another order would send some request elsewhere. */
  readonly orderMatters: boolean;
  /** Lines that no mount can take: they stay text. */
  readonly left: readonly Located<string>[];
}

/** Gives every mount its ProxyPassReverse lines, its cookie mappings, and the parameters of its worker. */
export function joinedMounts(scope: GrowingScope): JoinedMounts {
  const ownerOf = ownerFinder(scope);
  const left: GrowingReverse[] = [];
  const owned = new Map<number, GrowingReverse[]>();
  for (const reverse of scope.reverses) {
    const owner = ownerOf(reverse);
    if (owner === undefined) left.push(reverse);
    else owned.set(owner, [...(owned.get(owner) ?? []), reverse]);
  }
  const mounts = scope.mounts.map(({ mount, worker, place }, index) => {
    const mine = owned.get(index) ?? [];
    const { to } = mount;
    const target =
      to.kind === "url" && worker !== undefined
        ? { ...to, parameters: plainValues(worker.parameters) as WorkerParameters }
        : to;
    return { mount: { ...mount, to: target, ...mappings(mount, mine) }, place };
  });
  return {
    mounts,
    orderMatters: orderMatters(mounts.map(({ mount }) => mount)),
    left: left.map(({ statement }) => ({ value: statement.text, place: statement.place })),
  };
}

interface Candidate {
  readonly path: string;
  readonly index: number;
}

/** Finds the mount of the same section or path, else the nearest above it, else the last one before it. */
function ownerFinder({ mounts }: GrowingScope): (reverse: GrowingReverse) => number | undefined {
  const candidates = (located: boolean): readonly Candidate[] =>
    mounts.flatMap(({ mount }, index) =>
      mount.via === undefined && mount.to.kind !== "exclude" && mount.inLocation === (located || undefined)
        ? [{ path: mount.path, index }]
        : [],
    );
  const inside = firstByPath(candidates(true));
  const outside = candidates(false);
  const first = firstByPath(outside);
  return ({ section, kind, from, to }) => {
    if (section !== undefined) return inside.get(section)?.index;
    const wanted = kind === "cookie-path" ? to : from;
    const same = first.get(wanted);
    if (same !== undefined) return same.index;
    const above = outside
      .filter(({ path }) => wanted.startsWith(path))
      .toSorted((left, right) => right.path.length - left.path.length);
    return (above[0] ?? outside.at(-1))?.index;
  };
}

function firstByPath(candidates: readonly Candidate[]): ReadonlyMap<string, Candidate> {
  return new Map(candidates.toReversed().map((candidate) => [candidate.path, candidate]));
}

function mappings(mount: Mount, mine: readonly GrowingReverse[]): Partial<Mount> {
  if (mount.via !== undefined) return {};
  const of = (kind: GrowingReverse["kind"]): readonly CookieMapping[] =>
    mine.filter((reverse) => reverse.kind === kind).map(({ from, to }) => ({ internal: from, public: to }));
  const reverse = mine.filter(({ kind }) => kind === "reverse").map(({ from, to }) => ({ path: from, url: to }));
  const cookieDomains = of("cookie-domain");
  const cookiePaths = of("cookie-path");
  return {
    ...(isDefault(mount, reverse) ? {} : { reverse }),
    ...(cookieDomains.length > 0 ? { cookieDomains } : {}),
    ...(cookiePaths.length > 0 ? { cookiePaths } : {}),
  };
}

/** True when a mount without `reverse` means just these. */
function isDefault({ path, to, match }: Mount, reverse: readonly ReverseMapping[]): boolean {
  if (to.kind === "exclude" || match === true) return reverse.length === 0;
  const [only, ...others] = reverse;
  const url = to.kind === "url" ? to.url : `balancer://${to.cluster}${to.path}`;
  return only !== undefined && others.length === 0 && only.path === path && withBalancerInLowerCase(only.url) === url;
}

/** True when the order mounts are written in swaps two that both match some path. */
function orderMatters(mounts: readonly Mount[]): boolean {
  const written = mountsAsWritten({ mounts, settings: {} });
  const position = new Map(written.map((mount, index) => [mount, index]));
  const isSwapped = (earlier: Mount, later: Mount): boolean =>
    (earlier.inLocation ?? false) === (later.inLocation ?? false) &&
    earlier.via === later.via &&
    (position.get(earlier) ?? 0) > (position.get(later) ?? 0);
  const earlier: Mount[] = [];
  const matching: Mount[] = [];
  const above = new Map<string, Mount[]>();
  const at = new Map<string, Mount[]>();
  for (const mount of mounts) {
    const isExpression = mount.match === true || (mount.inLocation === true && isPattern(mount.path));
    const prefixes = isExpression ? [] : prefixesOf(mount.path);
    const outer = prefixes.flatMap((prefix) => at.get(prefix) ?? []);
    const overlapping = isExpression ? earlier : [...outer, ...(above.get(bare(mount.path)) ?? []), ...matching];
    if (overlapping.some((other) => isSwapped(other, mount))) return true;
    earlier.push(mount);
    if (isExpression) {
      matching.push(mount);
      continue;
    }
    push(at, bare(mount.path), mount);
    for (const prefix of prefixes) push(above, prefix, mount);
  }
  return false;
}

function push(into: Map<string, Mount[]>, key: string, mount: Mount): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [mount]);
  else known.push(mount);
}

/** A path without the slash at its end: `/app/` and `/app` both match `/app/x`. */
function bare(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The path and every path above it, all of them {@link bare}. */
function prefixesOf(path: string): readonly string[] {
  const prefixes: string[] = [];
  let rest = bare(path);
  for (;;) {
    prefixes.push(rest);
    const slash = rest.lastIndexOf("/");
    if (slash === -1) return prefixes;
    rest = rest.slice(0, slash);
  }
}
