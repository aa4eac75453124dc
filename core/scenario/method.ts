import type { RequestStep } from "./steps.js";

/** Methods that may be sent twice (`is_idempotent`, modules/proxy/mod_proxy_ajp.c; measured on httpd 2.4.71). */
const REPEATABLE: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]);

/** The method of a request. */
export function methodOf({ method, body = 0 }: RequestStep): NonNullable<RequestStep["method"]> {
  return method ?? (body > 0 ? "POST" : "GET");
}

/** True for a request that mod_proxy_ajp sends once only: it has a body or a query, or its method changes something. */
export function isSentOnce(step: RequestStep): boolean {
  return (step.body ?? 0) > 0 || (step.path ?? "/").includes("?") || !REPEATABLE.has(methodOf(step));
}

/** True where a client says how long the body is: it has one, or the method could have one. */
export function saysLength(step: RequestStep): boolean {
  return (step.body ?? 0) > 0 || ["POST", "PUT", "PATCH"].includes(methodOf(step));
}
