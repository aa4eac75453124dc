import { enclosing, hostOf } from "./conf-view.js";
import type { ConfView } from "./conf-view.js";
import type { MountView, ScopeView } from "./view.js";

/**
 * The URLs whose redirects httpd maps back for requests of a scope, in lower case: of the ProxyPassReverse lines of the
 * scope and of the main server, wherever they stand. A mount's own are not all: one line may serve several mounts.
 */
export function reversedUrls(conf: ConfView | undefined, scope: ScopeView): readonly string[] {
  return (conf?.named("proxypassreverse") ?? []).flatMap((written): readonly string[] => {
    const host = hostOf(written);
    if (host !== undefined && host !== scope.section) return [];
    const located = enclosing(written, "location") ?? enclosing(written, "locationmatch");
    const url = written.words[located === undefined ? 1 : 0]?.text;
    return url === undefined ? [] : [url.toLowerCase()];
  });
}

/** True when redirects of the target of a mount are mapped by one of these URLs, or those of one of its members. */
export function isReversed({ target, cluster, mount }: MountView, urls: readonly string[]): boolean {
  const path = mount.to.kind === "cluster" ? mount.to.path : "";
  const members = (cluster?.members ?? []).flatMap(({ member: { url } }) =>
    typeof url === "string" ? [`${url}${path}`] : [],
  );
  return [target, ...members].some((one) => urls.some((url) => maps(url, one)));
}

/** As `ap_proxy_location_reverse_map` compares: from the start; a path alone is that of any host. */
export function maps(url: string, target: string): boolean {
  return url.startsWith("/") || target.toLowerCase().startsWith(url.replace(/\/$/, ""));
}

/** The scheme of a URL with which no Location of a backend begins; undefined where one may. */
export function speechlessScheme(url: string): string | undefined {
  return /^(ajp|fcgi|scgi|uwsgi|wss?):/i.exec(url)?.[1]?.toLowerCase();
}
