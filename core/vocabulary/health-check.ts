import { seconds } from "./duration.js";
import type { ParametersOf, ParameterTable } from "./parameter.js";

/** Parameters of `ProxyHCTemplate`: a template takes nothing over from another one. */
export const TEMPLATE_PARAMETERS = {
  /** What a health check sends; `NONE` switches checks off. */
  hcmethod: {
    kind: "choice",
    values: ["NONE", "TCP", "OPTIONS", "HEAD", "GET", "OPTIONS11", "HEAD11", "GET11"],
    withAjp: ["CPING"],
    unimplemented: ["PROVIDER"],
    default: "NONE",
    doc: "What a health check sends; `NONE` switches checks off.",
    defaultDoc: "NONE",
    since: "2.4.21",
    newer: [
      { since: "2.4.55", pattern: /^(?:OPTIONS|HEAD|GET)11$/, values: "OPTIONS11, HEAD11 and GET11" },
      { since: "2.4.55", pattern: /^CPING$/, values: "CPING, which older ones know and refuse" },
    ],
    earlier: [
      {
        before: "2.4.55",
        as: { values: ["NONE", "TCP", "OPTIONS", "HEAD", "GET"], withAjp: [], unimplemented: ["CPING", "PROVIDER"] },
      },
    ],
    module: "proxy_hcheck",
    error: "Unknown method",
  },
  /** Passed checks that bring a member back. */
  hcpasses: {
    kind: "integer",
    min: 0,
    default: 1,
    doc: "Passed checks that bring a member back.",
    defaultDoc: "1",
    since: "2.4.21",
    module: "proxy_hcheck",
    error: "Passes must be a positive value",
  },
  /** Failed checks, counted without a reset in between, that take a member out. */
  hcfails: {
    kind: "integer",
    min: 0,
    default: 1,
    doc: "Failed checks, counted without a reset in between, that take a member out.",
    defaultDoc: "1",
    since: "2.4.21",
    module: "proxy_hcheck",
    error: "Fails must be a positive value",
  },
  /** Time between two checks, at least 100 ms. */
  hcinterval: {
    kind: "time",
    defaultUnit: "s",
    minMilliseconds: 100,
    default: seconds(30),
    doc: "Time between two checks, at least 100 ms.",
    defaultDoc: "30 seconds",
    since: "2.4.21",
    earlier: [
      {
        before: "2.4.28",
        as: { kind: "seconds", min: 5, error: "Interval must be a positive value greater than 5 seconds" },
      },
      { from: "2.4.28", before: "2.4.49", as: { signed: true } },
    ],
    module: "proxy_hcheck",
    formatError: "Unparse-able hcinterval setting",
    error: "Interval must be a positive value greater than 100ms",
  },
  /** Path that a health check asks for, appended to the path of the member's URL. */
  hcuri: {
    kind: "text",
    maxLength: 63,
    doc: "Path that a health check asks for, appended to the path of the member's URL.",
    defaultDoc: "none",
    since: "2.4.21",
    module: "proxy_hcheck",
    error: "Health check uri length must be < 64 characters",
  },
  /** Expression (ProxyHCExpr) that decides whether a check passed. */
  hcexpr: {
    kind: "reference",
    refersTo: "health-check-expression",
    doc: "Expression (ProxyHCExpr) that decides whether a check passed.",
    defaultDoc: "status 200 to 399",
    since: "2.4.21",
    module: "proxy_hcheck",
    error: "Unknown health check condition expr: ",
  },
} as const satisfies ParameterTable;

/**
 * Parameters of mod_proxy_hcheck (`set_worker_hc_param`, modules/proxy/mod_proxy_hcheck.c), valid on a member of a
 * balancer and, but for `hctemplate`, in `ProxyHCTemplate`.
 */
export const HEALTH_CHECK_PARAMETERS = {
  /** Template (ProxyHCTemplate) whose settings this member takes. */
  hctemplate: {
    kind: "reference",
    refersTo: "health-check-template",
    doc: "Template (ProxyHCTemplate) whose settings this member takes.",
    defaultDoc: "none",
    since: "2.4.21",
    module: "proxy_hcheck",
    error: "Unknown ProxyHCTemplate name: ",
  },
  ...TEMPLATE_PARAMETERS,
} as const satisfies ParameterTable;

/** The health-check parameters a user set. */
export type HealthCheckParameters = ParametersOf<typeof HEALTH_CHECK_PARAMETERS>;
