import { orderMounts } from "../topology/mount-order.js";
import type { Mount, ServerScope } from "../topology/topology.js";

/** A mount as it can be described, and where it stood. */
export interface AdoptedMount {
  readonly mount: Mount;
  /** Its index in the scope that was read. */
  readonly from: number;
}

/** A mount that is left out, and why. */
export interface LeftMount {
  readonly from: number;
  readonly text: string;
  /** True when requests may notice. */
  readonly lost: boolean;
}

/** Mounts of a scope as they can be described. */
export interface AdoptedMounts {
  readonly kept: readonly AdoptedMount[];
  readonly left: readonly LeftMount[];
  readonly mountOrder?: "given";
}

/**
 * Leaves out mounts that no request can reach, and says what httpd does with a path and a target of which only one
 * ends in a slash by an expression: `/app` to `balancer://c/` leads `/app/x` to `//x`.
 *
 * @param shared - of a virtual host: the mounts of the main server, which httpd tries first
 */
export function adoptMounts({ mounts, mountOrder }: ServerScope, shared: readonly Mount[] = []): AdoptedMounts {
  const kept: AdoptedMount[] = [];
  const left: LeftMount[] = [];
  mounts.forEach((given, from) => {
    const hiding = hidingMount(given, [...shared, ...mounts.slice(0, from)]);
    const mount = withEvenSlashes(given);
    if (hiding !== undefined) {
      const text = `mount '${given.path}' is never reached: '${hiding.path}' stands before it; it is left out`;
      left.push({ from, text, lost: false });
    } else if (kept.some((other) => other.mount.path === mount.path)) {
      left.push({ from, text: `a second mount of '${given.path}' cannot be described`, lost: true });
    } else kept.push({ mount, from });
  });
  const plain = kept.map(({ mount }) => mount).filter(isPlain);
  const asGiven = orderMounts(plain).every((mount, index) => mount === plain[index]);
  const rewritten = kept.some(({ mount, from }) => mount !== mounts[from]);
  return { kept, left, ...(mountOrder === "given" || (rewritten && !asGiven) ? { mountOrder: "given" } : {}) };
}

/** The mount outside sections that takes every request before this one could. */
function hidingMount(mount: Mount, before: readonly Mount[]): Mount | undefined {
  if (!isPlain(mount)) return undefined;
  return before.find((earlier) => {
    if (!isPlain(earlier)) return false;
    if (earlier.path === mount.path) return (earlier.match ?? false) === (mount.match ?? false);
    if (earlier.match === true || mount.match === true) return false;
    return mount.path.startsWith(earlier.path.endsWith("/") ? earlier.path : `${earlier.path}/`);
  });
}

function isPlain({ via, inLocation }: Mount): boolean {
  return via === undefined && inLocation !== true;
}

function withEvenSlashes(mount: Mount): Mount {
  const { path, to, match, via, keywords, reverse } = mount;
  if (to.kind !== "cluster" || match === true || via !== undefined || keywords !== undefined || to.path === "")
    return mount;
  if (path.endsWith("/") === to.path.endsWith("/")) return mount;
  const literal = path.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const pattern = path.endsWith("/") ? `^${literal}(.*)$` : `^${literal}(/.*)?$`;
  const own = reverse ?? [{ path, url: `balancer://${to.cluster}${to.path}` }];
  return { ...mount, path: pattern, match: true, to: { ...to, path: `${to.path}$1` }, reverse: own };
}
