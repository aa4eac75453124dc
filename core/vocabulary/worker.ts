import { HEALTH_CHECK_PARAMETERS } from "./health-check.js";
import { seconds, millis } from "./duration.js";
import type { ParametersOf, ParameterTable } from "./parameter.js";

/**
 * Every parameter of a worker (BalancerMember, ProxyPass to a URL), once: `set_worker_param` of
 * modules/proxy/mod_proxy.c, ranges and sentences measured on httpd 2.4.71.
 */
export const WORKER_PARAMETERS = {
  /** Relative weight, 1 to 100 in steps of 0.01. */
  loadfactor: {
    kind: "factor",
    min: 1,
    max: 100,
    default: 1,
    doc: "Relative weight, 1 to 100 in steps of 0.01.",
    defaultDoc: "1",
    newer: [{ since: "2.4.28", pattern: /\./, values: "weights with decimals" }],
    earlier: [{ before: "2.4.28", as: { kind: "integer", min: 1, max: 100 } }],
    error: "LoadFactor must be a number between 1..100",
  },
  /** How long a member in error is left alone before a request tries it again; whole seconds. */
  retry: {
    kind: "seconds",
    min: 0,
    default: seconds(60),
    doc: "How long a member in error is left alone before a request tries it again; whole seconds.",
    defaultDoc: "60 seconds",
    error: "Retry must be a positive value",
  },
  /** Load-balancer set, 0 to 99; lower sets are tried first. */
  lbset: {
    kind: "integer",
    min: 0,
    max: 99,
    default: 0,
    doc: "Load-balancer set, 0 to 99; lower sets are tried first.",
    defaultDoc: "0",
    error: "lbset must be between 0 and 99",
  },
  /** Initial status letters, for example `+H` for a hot standby. */
  status: {
    kind: "status",
    doc: "Initial status letters, for example `+H` for a hot standby.",
    defaultDoc: "none",
    newer: [{ since: "2.4.34", pattern: /R/i, values: "the letter R (spare)" }],
    error: "Unknown status parameter option",
  },
  /** Name that sessions of this member carry after the separator; the server's jvmRoute or instance-id. */
  route: {
    kind: "text",
    maxLength: 63,
    doc: "Name that sessions of this member carry after the separator; the server's jvmRoute or instance-id.",
    defaultDoc: "none: sessions cannot stick to this member",
    error: "Route length must be < 64 characters",
  },
  /** Route of the member that takes over the sessions of this one while it is unusable. */
  redirect: {
    kind: "text",
    maxLength: 63,
    doc: "Route of the member that takes over the sessions of this one while it is unusable.",
    defaultDoc: "none",
    error: "Redirect length must be < 64 characters",
  },
  /** Longest wait for a connection to be established. */
  connectiontimeout: {
    kind: "time",
    defaultUnit: "s",
    minMilliseconds: 1,
    doc: "Longest wait for a connection to be established.",
    defaultDoc: "timeout of the worker, else ProxyTimeout, else Timeout",
    earlier: [{ before: "2.4.49", as: { signed: true } }],
    formatError: "Connectiontimeout has wrong format",
    error: "Connectiontimeout must be at least one millisecond.",
  },
  /** Longest wait for data from the backend; whole seconds. */
  timeout: {
    kind: "seconds",
    min: 1,
    doc: "Longest wait for data from the backend; whole seconds.",
    defaultDoc: "ProxyTimeout, else Timeout",
    error: "Timeout must be at least one second",
  },
  /** Wait for the backend's answer to a probe before a request with a body is sent. */
  ping: {
    kind: "time",
    defaultUnit: "s",
    minMilliseconds: 1,
    doc: "Wait for the backend's answer to a probe before a request with a body is sent.",
    defaultDoc: "off",
    earlier: [{ before: "2.4.49", as: { signed: true } }],
    formatError: "Ping/Pong timeout has wrong format",
    error: "Ping/Pong timeout must be at least one millisecond",
  },
  /** Longest wait for a free connection of a full pool. */
  acquire: {
    kind: "time",
    defaultUnit: "ms",
    minMilliseconds: 1,
    doc: "Longest wait for a free connection of a full pool.",
    defaultDoc: "waits for ever",
    earlier: [{ before: "2.4.49", as: { signed: true } }],
    formatError: "Acquire timeout has wrong format",
    error: "Acquire must be at least one millisecond",
  },
  /** Fewest connections of the pool of one child process. */
  min: {
    kind: "integer",
    min: 0,
    default: 0,
    doc: "Fewest connections of the pool of one child process.",
    defaultDoc: "0",
    error: "Min must be a positive number",
  },
  /** Most connections of the pool of one child process. */
  max: {
    kind: "integer",
    min: 0,
    doc: "Most connections of the pool of one child process.",
    defaultDoc: "threads of a child process",
    error: "Max must be a positive number",
  },
  /** Connections above this number are closed when they have been idle for `ttl`. */
  smax: {
    kind: "integer",
    min: 0,
    doc: "Connections above this number are closed when they have been idle for `ttl`.",
    defaultDoc: "max",
    error: "Smax must be a positive number",
  },
  /** Idle time after which connections above `smax` are closed; whole seconds. */
  ttl: {
    kind: "seconds",
    min: 1,
    doc: "Idle time after which connections above `smax` are closed; whole seconds.",
    defaultDoc: "none",
    error: "TTL must be at least one second",
  },
  /** Keep idle connections alive with TCP keep-alive probes. */
  keepalive: {
    kind: "flag",
    default: false,
    doc: "Keep idle connections alive with TCP keep-alive probes.",
    defaultDoc: "Off",
    error: "KeepAlive must be On|Off",
  },
  /** Close the connection to the backend after each request. */
  disablereuse: {
    kind: "flag",
    default: false,
    doc: "Close the connection to the backend after each request.",
    defaultDoc: "Off",
    error: "DisableReuse must be On|Off",
  },
  /** Keep connections to the backend for later requests. */
  enablereuse: {
    kind: "flag",
    default: true,
    doc: "Keep connections to the backend for later requests.",
    defaultDoc: "On",
    since: "2.4.11",
    error: "EnableReuse must be On|Off",
  },
  /** How long a looked-up address is used before the name is looked up again; whole seconds. */
  addressttl: {
    kind: "lifetime",
    default: "forever",
    doc: "How long a looked-up address is used before the name is looked up again; whole seconds.",
    defaultDoc: "-1: for ever",
    since: "2.4.59",
    error: "AddressTTL must be -1 or a number of seconds not exceeding (2147483647)",
  },
  /** Send data on to the client at once. */
  flushpackets: {
    kind: "choice",
    values: ["off", "on", "auto"],
    default: "off",
    doc: "Send data on to the client at once.",
    defaultDoc: "off",
    error: "flushpackets must be on|off|auto",
  },
  /** With `flushpackets=auto`: how long to wait for more data before it is sent on. */
  flushwait: {
    kind: "milliseconds",
    max: 1_000,
    default: millis(10),
    doc: "With `flushpackets=auto`: how long to wait for more data before it is sent on.",
    defaultDoc: "10 ms",
    error: "flushwait must be <= 1000, or 0 for system default of 10 millseconds.",
  },
  /** Provider that flushes data; only `flush` ships with httpd. */
  flusher: {
    kind: "text",
    maxLength: 15,
    default: "flush",
    earlier: [{ from: "2.4.7", before: "2.4.44", as: { cut: true } }],
    doc: "Provider that flushes data; only `flush` ships with httpd.",
    defaultDoc: "flush",
    error: "flusher name length must be < 16 characters",
  },
  /** Size of the buffer between client and backend, bytes; 0 or at least 512. */
  iobuffersize: {
    kind: "integer",
    wide: true,
    min: 512,
    orZero: true,
    default: 8192,
    doc: "Size of the buffer between client and backend, bytes; 0 or at least 512.",
    defaultDoc: "8192",
    error: "IOBufferSize must be >= 512 bytes, or 0 for system default.",
  },
  /** Size of the receive buffer of the socket, bytes; 0 or at least 512. */
  receivebuffersize: {
    kind: "integer",
    min: 512,
    orZero: true,
    default: 0,
    doc: "Size of the receive buffer of the socket, bytes; 0 or at least 512.",
    defaultDoc: "0: the system's",
    error: "ReceiveBufferSize must be >= 512 bytes, or 0 for system default.",
  },
  /** Longest response header field accepted from the backend, bytes. */
  responsefieldsize: {
    kind: "integer",
    wide: true,
    min: 0,
    default: 8192,
    doc: "Longest response header field accepted from the backend, bytes.",
    defaultDoc: "8192",
    since: "2.4.34",
    error: "ResponseFieldSize must be greater than 0 bytes, or 0 for system default.",
  },
  /** Secret shared with an AJP backend. */
  secret: {
    kind: "text",
    maxLength: 63,
    doc: "Secret shared with an AJP backend.",
    defaultDoc: "none",
    since: "2.4.42",
    secret: true,
    error: "Secret length must be < 64 characters",
  },
  /** Protocol that a request may be upgraded to, `ANY` for every one. */
  upgrade: {
    kind: "text",
    maxLength: 15,
    doc: "Protocol that a request may be upgraded to, `ANY` for every one.",
    defaultDoc: "WebSocket for ws and wss workers",
    since: "2.4.26",
    newer: [{ since: "2.4.47", pattern: /^ANY$/i, values: "ANY" }],
    error: "upgrade protocol length must be < 16 characters",
  },
  ...HEALTH_CHECK_PARAMETERS,
} as const satisfies ParameterTable;

/** Word of a worker parameter. */
export type WorkerParameterName = keyof typeof WORKER_PARAMETERS;

/** The worker parameters a user set; defaults are looked up, never stored. */
export type WorkerParameters = ParametersOf<typeof WORKER_PARAMETERS>;
