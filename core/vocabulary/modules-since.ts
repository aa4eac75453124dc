import type { HttpdVersion } from "./versions.js";

/**
 * First release of httpd whose sources hold a module, by the name between `mod_` and `.so`: the tags of httpd's
 * repository. Modules that are not named here were there in 2.4.0, or are no modules of httpd.
 */
export const MODULES_SINCE: Readonly<Record<string, HttpdVersion>> = {
  cache_socache: "2.4.5",
  macro: "2.4.5",
  proxy_wstunnel: "2.4.5",
  authnz_fcgi: "2.4.10",
  http2: "2.4.17",
  proxy_http2: "2.4.21",
  proxy_hcheck: "2.4.21",
  brotli: "2.4.26",
  md: "2.4.30",
  proxy_uwsgi: "2.4.30",
  socache_redis: "2.4.39",
  systemd: "2.4.42",
  tls: "2.4.52",
};

/** First version with a module; undefined when it was always there. */
export function moduleSince(name: string): HttpdVersion | undefined {
  return Object.hasOwn(MODULES_SINCE, name) ? MODULES_SINCE[name] : undefined;
}
