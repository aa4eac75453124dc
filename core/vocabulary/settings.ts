import type { ParametersOf, ParameterTable } from "./parameter.js";
import { seconds } from "./duration.js";

/**
 * Directives of a server or virtual host that take one value and bear on balancing, keyed by their name in lower case.
 * Kinds, ranges and sentences as in the tables of parameters; `directive` is the spelling httpd documents.
 */
export const SERVER_SETTINGS = {
  /** Longest wait for a backend; whole seconds. */
  proxytimeout: {
    directive: "ProxyTimeout",
    kind: "seconds",
    min: 1,
    doc: "Longest wait for a backend; whole seconds.",
    defaultDoc: "Timeout",
    error: "Proxy Timeout must be at least 1 second.",
  },
  /** Longest wait for network input and output; whole seconds. */
  timeout: {
    directive: "Timeout",
    kind: "seconds",
    min: 1,
    default: seconds(60),
    doc: "Longest wait for network input and output; whole seconds.",
    defaultDoc: "60 seconds",
    error: "",
  },
  /** Hand the Host header of the client on to the backend. */
  proxypreservehost: {
    directive: "ProxyPreserveHost",
    kind: "flag",
    default: false,
    doc: "Hand the Host header of the client on to the backend.",
    defaultDoc: "Off",
    error: "ProxyPreserveHost must be On or Off",
  },
  /** Add X-Forwarded-For, -Host and -Server. */
  proxyaddheaders: {
    directive: "ProxyAddHeaders",
    kind: "flag",
    default: true,
    doc: "Add X-Forwarded-For, -Host and -Server.",
    defaultDoc: "On",
    error: "ProxyAddHeaders must be On or Off",
  },
  /** Answer with httpd's own pages when a backend answers an error. */
  proxyerroroverride: {
    directive: "ProxyErrorOverride",
    kind: "flag",
    default: false,
    doc: "Answer with httpd's own pages when a backend answers an error.",
    defaultDoc: "Off",
    error: "ProxyErrorOverride must be On or Off",
  },
  /** Keep changes made in balancer-manager over restarts; they then beat this configuration. */
  balancerpersist: {
    directive: "BalancerPersist",
    kind: "flag",
    default: false,
    doc: "Keep changes made in balancer-manager over restarts; they then beat this configuration.",
    defaultDoc: "Off",
    since: "2.4.4",
    error: "BalancerPersist must be On or Off",
  },
  /** Let virtual hosts use the balancers of the main server. */
  balancerinherit: {
    directive: "BalancerInherit",
    kind: "flag",
    default: true,
    doc: "Let virtual hosts use the balancers of the main server.",
    defaultDoc: "On",
    since: "2.4.5",
    error: "BalancerInherit must be On or Off",
  },
  /** Let virtual hosts use the mounts of the main server. */
  proxypassinherit: {
    directive: "ProxyPassInherit",
    kind: "flag",
    default: true,
    doc: "Let virtual hosts use the mounts of the main server.",
    defaultDoc: "On",
    since: "2.4.5",
    error: "ProxyPassInherit must be On or Off",
  },
  /** Balancers that can be added at run time, 0 to 1000. */
  balancergrowth: {
    directive: "BalancerGrowth",
    kind: "integer",
    min: 0,
    max: 1_000,
    default: 5,
    doc: "Balancers that can be added at run time, 0 to 1000.",
    defaultDoc: "5",
    error: "BalancerGrowth must be between 0 and 1000",
  },
  /** Threads that run health checks. */
  proxyhctpsize: {
    directive: "ProxyHCTPsize",
    mainOnly: true,
    kind: "integer",
    min: 0,
    default: 16,
    doc: "Threads that run health checks.",
    defaultDoc: "16",
    since: "2.4.21",
    module: "proxy_hcheck",
    error: "Invalid ProxyHCTPsize parameter. Parameter must be >= 0",
  },
  /** Show balancers in mod_status. */
  proxystatus: {
    directive: "ProxyStatus",
    kind: "choice",
    values: ["Off", "On", "Full"],
    default: "Off",
    doc: "Show balancers in mod_status.",
    defaultDoc: "Off",
    error: "ProxyStatus must be one of: off | on | full",
  },
  /** Most requests served at the same time. */
  maxrequestworkers: {
    directive: "MaxRequestWorkers",
    mainOnly: true,
    kind: "integer",
    min: 1,
    default: 400,
    doc: "Most requests served at the same time.",
    defaultDoc: "400 (event, worker), 256 (prefork)",
    error: "",
  },
  /** Threads of a child process. */
  threadsperchild: {
    directive: "ThreadsPerChild",
    mainOnly: true,
    kind: "integer",
    min: 1,
    default: 25,
    doc: "Threads of a child process.",
    defaultDoc: "25",
    error: "",
  },
  /** Most child processes. */
  serverlimit: {
    directive: "ServerLimit",
    mainOnly: true,
    kind: "integer",
    min: 1,
    default: 16,
    doc: "Most child processes.",
    defaultDoc: "16 (event, worker), 256 (prefork)",
    error: "",
  },
} as const satisfies ParameterTable;

/** The settings a user made. */
export type ServerSettings = ParametersOf<typeof SERVER_SETTINGS>;
