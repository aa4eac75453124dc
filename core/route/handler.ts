import { balancerMeant, splitBalancerUrl } from "../httpd/balancer-name.js";
import { isHalfEncoded, namesNoBackend } from "./canonical.js";
import type { DirConf } from "./dir-conf.js";
import type { Host } from "./host.js";
import { isBrought } from "./loaded.js";
import type { Going } from "./request.js";
import { isHandled } from "./scheme-handler.js";
import type { RouteStep } from "./step.js";

/** Handlers that answer themselves, with 200, where their module is loaded, and the methods they answer to. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  "balancer-manager": ["GET", "HEAD", "POST"],
  "server-status": ["GET", "HEAD"],
  "server-info": ["GET", "HEAD"],
  "ldap-status": ["GET", "HEAD"],
};

/** LimitRequestBody where no line says it, since httpd 2.4.53; it does not hold for what goes to a backend (measured). */
const MOST_BYTES = 1_073_741_824;

/** Methods httpd has a number for (`ap_method_registry_init`). */
const METHODS: ReadonlySet<string> = new Set([
  ...["PUT", "DELETE", "CONNECT", "TRACE", "PATCH", "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK"],
  ...["VERSION-CONTROL", "CHECKOUT", "UNCHECKOUT", "CHECKIN", "UPDATE", "LABEL", "REPORT", "MKWORKSPACE"],
  ...["MKACTIVITY", "BASELINE-CONTROL", "MERGE"],
]);

/**
 * `ap_invoke_handler`: `proxy_handler` of mod_proxy.c comes first, then handlers by their name, then the one for files.
 */
export function handled(going: Going, conf: DirConf, host: Host): RouteStep {
  const { filename = "", by, args, verbatim } = going;
  const query = verbatim ? undefined : args;
  const sent = { query, keepsSlashes: conf.encodedSlashes?.value === "nodecode", by, conf };
  if (going.proxied && filename.startsWith("proxy:")) {
    const off = going.method === "TRACE" && host.trace?.value === "off";
    if (off) return { kind: "answer", status: 405, by, conf };
    const url = filename.slice("proxy:".length);
    if (isUnhandled(url, going, host)) return { kind: "answer", status: 500, by, conf };
    return toUrl({ kind: "proxy", url, asSent: verbatim, ...sent });
  }
  const { handler } = going;
  if (handler?.startsWith("proxy:") === true) {
    const places = conf.handler === undefined ? by : [...by, conf.handler.at];
    const target = handler.slice("proxy:".length).replace(/^unix:[^|]*\|/i, "");
    const url = `${target}${filename}`;
    if (namesNoBackend(url, host.loaded)) return { kind: "answer", status: 400, by: places, conf };
    if (!isUnhandled(url, { ...going, by: places }, host))
      return toUrl({ kind: "proxy", url, asSent: false, ...sent, by: places });
  }
  return handledHere(going, conf, host);
}

/** A balancer is looked for by what its name is taken for; httpd may answer instead. */
function toUrl(proxied: Extract<RouteStep, { kind: "proxy" }>): RouteStep {
  const parts = splitBalancerUrl(proxied.url);
  if (parts === undefined) return proxied;
  const { by, conf } = proxied;
  const step = isHalfEncoded(proxied.url, proxied.asSent, conf) ? { ...proxied, halfEncoded: true as const } : proxied;
  if (!/[^a-z._-]/i.test(parts.name)) return step;
  const meant = balancerMeant(parts.name);
  if (typeof meant === "number") return { kind: "answer", status: meant, by, conf };
  return meant === parts.name ? step : { ...step, url: `balancer://${meant}${parts.rest}` };
}

/**
 * True where no module handles the scheme of a URL: httpd then answers 500 (AH01144), and a handler counts as if it were
 * not named (both measured on httpd 2.4.71).
 */
function isUnhandled(url: string, { by, doubt }: Going, { loaded }: Host): boolean {
  const handled = isHandled(url.slice(0, url.indexOf(":")), loaded);
  if (handled === undefined) for (const at of by.slice(-1)) doubt.of(at);
  return handled === false;
}

/** Handlers of httpd's own modules by their name, then the one for files. */
function handledHere(going: Going, conf: DirConf, { loaded }: Host): RouteStep {
  const { handler, by } = going;
  const brought = handler !== undefined && isBrought("handler", handler, loaded);
  const answersTo = brought && Object.hasOwn(OWN, handler) ? OWN[handler] : undefined;
  if (answersTo !== undefined) {
    const places = conf.handler === undefined ? by : [...by, conf.handler.at];
    const status = answersTo.includes(going.method) ? 200 : fileStatus(going, conf);
    return { kind: "answer", status, by: places, conf };
  }
  if (brought && handler !== "default-handler" && conf.handler !== undefined) going.doubt.of(conf.handler.at);
  leaveToFiles(going, conf);
  return { kind: "answer", status: fileStatus(going, conf), by, conf };
}

/** `ap_send_http_trace` of http_filters.c, for what goes to no backend. */
export function refusedTrace({ body }: Going, { trace }: Host): 405 | 413 | undefined {
  if (trace?.value === "off") return 405;
  return body > 0 && trace?.value !== "extended" ? 413 : undefined;
}

/** What a file that is there, or a line about files, would answer. */
function leaveToFiles({ place, doubt, uri, method }: Going, { files = [], handlers = [] }: DirConf): void {
  if (method === "GET" || method === "HEAD" || method === "POST") {
    for (const at of place === undefined ? files : [...files, place]) doubt.of(at);
  }
  const extensions = uri
    .slice(uri.lastIndexOf("/") + 1)
    .toLowerCase()
    .split(".")
    .slice(1);
  for (const { value, at } of handlers) if (value.some((one) => extensions.includes(one))) doubt.of(at);
}

/** `default_handler` of server/core.c for a file that is not there. */
function fileStatus({ method, body }: Going, { bodyLimit }: DirConf): number {
  const limit = bodyLimit?.value ?? MOST_BYTES;
  if (limit > 0 && body > limit) return 413;
  if (method === "GET" || method === "HEAD" || method === "POST") return 404;
  if (method === "OPTIONS") return 200;
  return METHODS.has(method) ? 405 : 501;
}
