/** A module of httpd. */
export interface HttpdModule {
  /** Modules that have to be loaded for it to work. */
  readonly needs: readonly string[];
  /** Modules whose LoadModule line has to stand above its own: their symbols are resolved at dlopen. */
  readonly after: readonly string[];
  /** What it is there for, as a reason in the generated file. */
  readonly doc: string;
}

/** Needs others, which may be loaded before or behind it. */
const needing = (doc: string, ...needs: readonly string[]): HttpdModule => ({ needs, after: [], doc });
/** Cannot be loaded before the module it is a part of. */
const partOf = (module: string, doc: string): HttpdModule => ({ needs: [module], after: [module], doc });
/** No needs, no order. */
const plain = (doc: string): HttpdModule => ({ needs: [], after: [], doc });
/** A child of mod_proxy: cannot be loaded before it. */
const proxied = (doc: string, needs: readonly string[] = []): HttpdModule => ({
  needs: ["proxy", ...needs],
  after: ["proxy"],
  doc,
});

/**
 * Modules this project knows, by the name between `mod_` and `.so`, in the order their LoadModule lines are written.
 * Needs and order were measured on httpd 2.4.71: a missing need fails `-t`, the start, or every request.
 */
export const MODULES = {
  mpm_event: plain("handles connections"),
  mpm_worker: plain("handles connections"),
  mpm_prefork: plain("handles connections"),
  authn_core: plain("authentication core"),
  authz_core: plain("decides about access; without it every request is answered 500"),
  authz_host: { needs: ["authz_core"], after: [], doc: "Require ip, host and local" },
  access_compat: { needs: ["authn_core"], after: [], doc: "Order, Allow and Deny of httpd 2.2" },
  unixd: plain("runs the child processes as another user"),
  log_config: plain("writes the access log"),
  logio: plain("counts bytes for the access log"),
  version: plain("<IfVersion>"),
  watchdog: plain("runs periodic work such as health checks"),
  alias: plain("Alias and Redirect"),
  rewrite: plain("RewriteRule"),
  headers: plain("Header and RequestHeader"),
  env: plain("SetEnv and PassEnv"),
  setenvif: plain("SetEnvIf"),
  mime: plain("content types"),
  filter: plain("AddOutputFilterByType and chains of filters"),
  deflate: plain("compresses answers"),
  brotli: plain("compresses answers with Brotli"),
  substitute: plain("replaces text in answers"),
  expires: plain("ExpiresActive"),
  remoteip: plain("takes the client's address from a header"),
  reqtimeout: plain("limits how long a request may take to arrive"),
  auth_basic: needing("names and passwords", "authn_core"),
  auth_digest: needing("names and passwords, digested", "authn_core"),
  auth_form: needing("names and passwords in a form", "authn_core", "request", "session"),
  authn_file: needing("users in a file", "authn_core"),
  authn_dbm: needing("users in a DBM file", "authn_core"),
  authn_dbd: needing("users in a database", "authn_core", "dbd"),
  authn_anon: needing("anonymous users", "authn_core"),
  authn_socache: needing("remembers users", "authn_core"),
  authz_user: needing("Require user and valid-user", "authz_core"),
  authz_groupfile: needing("Require group", "authz_core"),
  authz_owner: needing("Require file-owner", "authz_core"),
  authz_dbm: needing("groups in a DBM file", "authz_core"),
  authz_dbd: needing("groups in a database", "authz_core", "dbd"),
  ldap: plain("connections to LDAP servers"),
  authnz_ldap: needing("users and groups in LDAP", "authn_core", "authz_core", "ldap"),
  dbd: plain("connections to databases"),
  request: plain("bodies of requests for forms"),
  session: plain("sessions kept by httpd"),
  session_cookie: partOf("session", "keeps sessions in cookies"),
  session_crypto: partOf("session", "encrypts sessions"),
  session_dbd: partOf("session", "keeps sessions in a database"),
  cache: plain("keeps answers"),
  cache_disk: partOf("cache", "keeps answers on disk"),
  cache_socache: partOf("cache", "keeps answers in shared memory"),
  dav: plain("WebDAV"),
  dav_fs: partOf("dav", "WebDAV on files"),
  dav_lock: partOf("dav", "locks of WebDAV"),
  dir: plain("DirectoryIndex"),
  status: plain("server-status"),
  socache_shmcb: plain("keeps the TLS session cache"),
  ssl: plain("TLS"),
  http2: plain("HTTP/2 to clients"),
  slotmem_shm: plain("shared memory that mod_proxy_balancer cannot start without"),
  proxy: plain("proxy core"),
  proxy_http: proxied("talks http to backends"),
  proxy_ajp: proxied("talks ajp to backends"),
  proxy_fcgi: proxied("talks fcgi to backends"),
  proxy_scgi: proxied("talks scgi to backends"),
  proxy_uwsgi: proxied("talks uwsgi to backends"),
  proxy_ftp: proxied("talks ftp to backends"),
  proxy_wstunnel: proxied("tunnels WebSocket connections"),
  proxy_http2: proxied("talks HTTP/2 to backends"),
  proxy_connect: proxied("CONNECT through a forward proxy"),
  proxy_express: proxied("targets in a DBM file"),
  proxy_fdpass: proxied("hands connections on"),
  proxy_balancer: proxied("balancer:// and balancer-manager", ["slotmem_shm"]),
  proxy_hcheck: proxied("health checks of members", ["watchdog"]),
  heartmonitor: { needs: ["watchdog"], after: [], doc: "collects heartbeats for lbmethod_heartbeat" },
  lbmethod_byrequests: { needs: ["proxy_balancer"], after: [], doc: "lbmethod=byrequests" },
  lbmethod_bytraffic: { needs: ["proxy_balancer"], after: [], doc: "lbmethod=bytraffic" },
  lbmethod_bybusyness: { needs: ["proxy_balancer"], after: [], doc: "lbmethod=bybusyness" },
  lbmethod_heartbeat: { needs: ["proxy_balancer", "heartmonitor"], after: [], doc: "lbmethod=heartbeat" },
} as const satisfies Record<string, HttpdModule>;

/** Name of a module of {@link MODULES}. */
export type ModuleName = keyof typeof MODULES;

/** True for the names of {@link MODULES}. */
export function isModuleName(name: string): name is ModuleName {
  return Object.hasOwn(MODULES, name);
}

/** Of any module: what is known of it, or that nothing is needed for it. */
export function moduleNamed(name: string): HttpdModule {
  return isModuleName(name) ? MODULES[name] : { needs: [], after: [], doc: "brings directives that are used" };
}
