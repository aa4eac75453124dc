import { moduleSince } from "./modules-since.js";
import { compareVersions } from "./versions.js";
import type { HttpdVersion } from "./versions.js";

/** A scheme of worker URLs. */
export interface Scheme {
  /** Modules that handle it, mod_proxy aside. */
  readonly modules: readonly string[];
  /** True when the backend connection is TLS. */
  readonly tls: boolean;
  /** Modules that handled it before a version, where others do now. */
  readonly earlier?: { readonly before: HttpdVersion; readonly modules: readonly string[] };
}

/** mod_proxy_http opens WebSockets itself since 2.4.47 (measured on 2.4.71: mod_proxy_wstunnel then is not asked). */
const TUNNELLED = { before: "2.4.47", modules: ["proxy_wstunnel"] } as const;

/** Schemes that httpd's own modules handle. */
export const SCHEMES = {
  http: { modules: ["proxy_http"], tls: false },
  https: { modules: ["proxy_http", "ssl"], tls: true },
  ajp: { modules: ["proxy_ajp"], tls: false },
  ws: { modules: ["proxy_http"], tls: false, earlier: TUNNELLED },
  wss: {
    modules: ["proxy_http", "ssl"],
    tls: true,
    earlier: { before: "2.4.47", modules: ["proxy_wstunnel", "ssl"] },
  },
  h2c: { modules: ["proxy_http2"], tls: false },
  h2: { modules: ["proxy_http2", "ssl"], tls: true },
  fcgi: { modules: ["proxy_fcgi"], tls: false },
  scgi: { modules: ["proxy_scgi"], tls: false },
  uwsgi: { modules: ["proxy_uwsgi"], tls: false },
  ftp: { modules: ["proxy_ftp"], tls: false },
} as const satisfies Record<string, Scheme>;

/** A scheme of {@link SCHEMES}. */
export type SchemeName = keyof typeof SCHEMES;

/** True for the words of {@link SCHEMES}, in lower case. */
export function isSchemeName(name: string): name is SchemeName {
  return Object.hasOwn(SCHEMES, name);
}

/** First version that handles a scheme: the one that brought its module; undefined when it was always there. */
export function schemeSince(name: SchemeName): HttpdVersion | undefined {
  const since = SCHEMES[name].modules.flatMap((module) => moduleSince(module) ?? []);
  return since.reduce<HttpdVersion | undefined>(later, undefined);
}

function later(left: HttpdVersion | undefined, right: HttpdVersion): HttpdVersion {
  return left === undefined || compareVersions(left, right) < 0 ? right : left;
}

/** Modules that handle a scheme in a version of httpd, mod_proxy aside. */
export function modulesOfScheme(name: SchemeName, httpd: HttpdVersion): readonly string[] {
  const { modules, earlier }: Scheme = SCHEMES[name];
  return earlier !== undefined && compareVersions(httpd, earlier.before) < 0 ? earlier.modules : modules;
}
