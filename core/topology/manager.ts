import type { Manager, Mount, ServerScope } from "./topology.js";

/** Where a balancer-manager is found: `/balancer-manager` unless it says otherwise. */
export function managerPath({ path = "/balancer-manager" }: Manager): string {
  return path;
}

/**
 * The `ProxyPass PATH !` that a scope needs for its balancer-manager: without it a mount of `/` would swallow the page.
 * None where nobody mounts beside it, or where the scope excludes the path itself.
 */
export function managerExclusion({ manager, mounts }: ServerScope): readonly Mount[] {
  if (manager === undefined) return [];
  const path = managerPath(manager);
  if (mounts.some((mount) => mount.path === path && mount.to.kind === "exclude")) return [];
  const needed = mounts.some((mount) => mount.inLocation !== true && mount.via === undefined && mount.path !== path);
  return needed ? [{ path, to: { kind: "exclude" } }] : [];
}
