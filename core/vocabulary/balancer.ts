import type { ParametersOf, ParameterTable } from "./parameter.js";

/**
 * Every parameter of a balancer (ProxySet, arguments of `<Proxy balancer://...>` and of ProxyPass), once:
 * `set_balancer_param` of modules/proxy/mod_proxy.c, ranges and sentences measured on httpd 2.4.71.
 */
export const BALANCER_PARAMETERS = {
  /** How the member of a request without a session is chosen. */
  lbmethod: {
    kind: "provider",
    default: "byrequests",
    doc: "How the member of a request without a session is chosen.",
    defaultDoc: "byrequests",
    error: "unknown lbmethod",
  },
  /** Cookie, and after `|` the URL parameter, that carries the session: `JSESSIONID|jsessionid`. */
  stickysession: {
    kind: "text",
    maxLength: 63,
    cut: true,
    doc: "Cookie, and after `|` the URL parameter, that carries the session: `JSESSIONID|jsessionid`.",
    defaultDoc: "none: no sticky sessions",
    earlier: [{ before: "2.4.7", as: { cut: false, error: "stickysession length must be < 64 characters" } }],
    error: "",
  },
  /** Character between session and route in the session value, or `Off` when the whole value is the route. */
  stickysessionsep: {
    kind: "separator",
    default: ".",
    doc: "Character between session and route in the session value, or `Off` when the whole value is the route.",
    defaultDoc: "`.`",
    since: "2.4.4",
    error: "stickysessionsep must be a single character or Off",
  },
  /** Answer 503 instead of moving a session whose member is down. */
  nofailover: {
    kind: "flag",
    default: false,
    doc: "Answer 503 instead of moving a session whose member is down.",
    defaultDoc: "Off",
    error: "failover must be On|Off",
  },
  /** Longest wait for a usable member; whole seconds. */
  timeout: {
    kind: "seconds",
    min: 1,
    doc: "Longest wait for a usable member; whole seconds.",
    defaultDoc: "no wait",
    error: "timeout must be at least one second",
  },
  /** Further tries after the first one failed to connect. */
  maxattempts: {
    kind: "integer",
    min: 0,
    doc: "Further tries after the first one failed to connect.",
    defaultDoc: "members minus 1",
    error: "maximum number of attempts must be a positive number",
  },
  /** Treat `;` as end of the session in the URL. */
  scolonpathdelim: {
    kind: "flag",
    default: false,
    doc: "Treat `;` as end of the session in the URL.",
    defaultDoc: "Off",
    error: "scolonpathdelim must be On|Off",
  },
  /** Status codes of a backend after which the member is put into error. */
  failonstatus: {
    kind: "codes",
    min: 100,
    max: 599,
    doc: "Status codes of a backend after which the member is put into error.",
    defaultDoc: "none",
    error: "failonstatus must be one or more HTTP response codes",
  },
  /** Put a member into error when it did not answer in time. */
  failontimeout: {
    kind: "flag",
    default: false,
    doc: "Put a member into error when it did not answer in time.",
    defaultDoc: "Off",
    since: "2.4.5",
    error: "failontimeout must be On|Off",
  },
  /** Try all members at once again when every one is in error. */
  forcerecovery: {
    kind: "flag",
    default: true,
    doc: "Try all members at once again when every one is in error.",
    defaultDoc: "On",
    since: "2.4.2",
    error: "forcerecovery must be On|Off",
  },
  /** Protects changes in balancer-manager; `None` makes it read-only, and before 2.4.49 open to everybody. */
  nonce: {
    kind: "text",
    maxLength: 36,
    doc: "Protects changes in balancer-manager; `None` makes it read-only, and before 2.4.49 open to everybody.",
    defaultDoc: "a random one at each start",
    secret: true,
    error: "Provided nonce is too large",
  },
  /** Members that can be added in balancer-manager, 1 to 100. */
  growth: {
    kind: "integer",
    min: 1,
    max: 100,
    doc: "Members that can be added in balancer-manager, 1 to 100.",
    defaultDoc: "0",
    error: "growth must be between 1 and 100",
  },
} as const satisfies ParameterTable;

/** The balancer parameters a user set; defaults are looked up, never stored. */
export type BalancerParameters = ParametersOf<typeof BALANCER_PARAMETERS>;
