import { mountsInOrder } from "../topology/mounts.js";
import type { Mount } from "../topology/topology.js";
import type { MountView, ScopeView, View } from "./view.js";

/** The mounts of a scope in the order httpd tries them, those inherited from the main server included. */
export function orderedMounts({ scopes }: View, scope: ScopeView): readonly MountView[] {
  const views = new Map<Mount, MountView>();
  for (const { server, mounts } of scopes) {
    if (server !== scope.server) continue;
    for (const view of mounts) views.set(view.mount, view);
  }
  return mountsInOrder(scope.server, scope.host).flatMap((mount) => views.get(mount) ?? []);
}

/**
 * The paths of the mounts that take every request of this path, longest first: the path itself and what it starts with
 * at a slash.
 */
export function prefixesOf(path: string): readonly string[] {
  const prefixes: string[] = [];
  for (let at = path.length; at > 0; at = path.lastIndexOf("/", at - 1)) {
    prefixes.push(path.slice(0, at));
    if (path[at] === "/" || at === path.length) prefixes.push(`${path.slice(0, at)}/`);
  }
  return [...prefixes, "/"].filter((prefix) => prefix.length <= path.length);
}
