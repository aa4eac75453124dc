/** A module of httpd. */
export interface HttpdModule {
  /** Modules that have to be loaded for it to work. */
  readonly needs: readonly string[];
  /** Modules whose LoadModule line has to stand above its own: their symbols are resolved at dlopen. */
  readonly after: readonly string[];
  /** What it is there for, as a reason in the generated file. */
  readonly doc: string;
}

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
