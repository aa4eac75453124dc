import { hostOf } from "./conf-view.js";
import type { WrittenDirective } from "./conf-view.js";
import { orderedMounts, prefixesOf } from "./mount-order.js";
import type { MountView, ScopeView, View } from "./view.js";

/** The ProxyPass that takes the requests for the path of a handler, be it an exclusion; undefined for none. */
export function firstMountOf(view: View, handler: WrittenDirective, path: string): MountView | undefined {
  const scope = scopeOf(view, handler);
  if (scope === undefined) return undefined;
  const prefixes = new Set(prefixesOf(path));
  return orderedMounts(view, scope).find(({ mount }) => {
    return mount.match !== true && mount.via === undefined && prefixes.has(mount.path);
  });
}

/** True where a ProxyPass sends the requests for a handler to a backend. */
export function isShadowed(view: View, handler: WrittenDirective, path: string): boolean {
  const first = firstMountOf(view, handler, path);
  return first !== undefined && first.mount.to.kind !== "exclude";
}

/** The main server or virtual host a directive stands in. */
function scopeOf({ scopes }: View, written: WrittenDirective): ScopeView | undefined {
  return scopes.find(({ section }) => section === hostOf(written));
}
