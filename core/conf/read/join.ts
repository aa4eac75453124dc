import { mountsAsWritten } from "../../topology/mounts.js";
import type { CookieMapping, Mount, ReverseMapping } from "../../topology/topology.js";
import type { WorkerParameters } from "../../vocabulary/worker.js";
import { plainValues } from "./balancers.js";
import type { GrowingReverse, GrowingScope, Located } from "./growing.js";
import type { SourcePlace } from "./statement.js";

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
  const owners = scope.reverses.map((reverse) => ownerOf(reverse, scope));
  const mounts = scope.mounts.map(({ mount, worker, place }, index) => {
    const mine = scope.reverses.filter((_reverse, number) => owners[number] === index);
    const { to } = mount;
    const target =
      to.kind === "url" && worker !== undefined
        ? { ...to, parameters: plainValues(worker.parameters) as WorkerParameters }
        : to;
    return { mount: { ...mount, to: target, ...mappings(mount, mine) }, place };
  });
  const left = scope.reverses.filter((_reverse, number) => owners[number] === undefined);
  return {
    mounts,
    orderMatters: orderMatters(mounts.map(({ mount }) => mount)),
    left: left.map(({ statement }) => ({ value: statement.text, place: statement.place })),
  };
}

/** The mount of the same section or path, else the nearest above it, else the last one before it. */
function ownerOf(reverse: GrowingReverse, { mounts }: GrowingScope): number | undefined {
  const candidates = mounts.flatMap(({ mount }, index) =>
    mount.via === undefined &&
    mount.to.kind !== "exclude" &&
    mount.inLocation === (reverse.section !== undefined || undefined)
      ? [{ path: mount.path, index }]
      : [],
  );
  const wanted = reverse.section ?? (reverse.kind === "cookie-path" ? reverse.to : reverse.from);
  const same = candidates.find(({ path }) => path === wanted);
  if (same !== undefined || reverse.section !== undefined) return same?.index;
  const above = candidates
    .filter(({ path }) => wanted.startsWith(path))
    .toSorted((left, right) => right.path.length - left.path.length);
  return (above[0] ?? candidates.at(-1))?.index;
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
  return only !== undefined && others.length === 0 && only.path === path && only.url === url;
}

/** True when the order mounts are written in swaps two that both match some path. */
function orderMatters(mounts: readonly Mount[]): boolean {
  const written = mountsAsWritten({ mounts, settings: {} });
  const position = new Map(written.map((mount, index) => [mount, index]));
  return mounts.some((earlier, index) =>
    mounts
      .slice(index + 1)
      .some(
        (later) =>
          (earlier.inLocation ?? false) === (later.inLocation ?? false) &&
          earlier.via === later.via &&
          (position.get(earlier) ?? 0) > (position.get(later) ?? 0) &&
          overlap(earlier, later),
      ),
  );
}

function overlap(left: Mount, right: Mount): boolean {
  if (left.match === true || right.match === true) return true;
  return contains(left.path, right.path) || contains(right.path, left.path);
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith("/") ? outer : `${outer}/`) || `${inner}/` === outer;
}
