import type { EffectiveHealthCheck } from "../topology/effective.js";
import type { HealthCheckExpression } from "../topology/topology.js";
import type { Backend } from "./backend.js";
import { checkExpression } from "./health-expression.js";

/** Whether what stands behind a member passes its health check. */
export type HealthTest = (backend: Backend) => boolean;

/** Backends that no connection leads to. */
const UNREACHABLE: ReadonlySet<Backend["kind"]> = new Set(["refuses", "lost", "unresolvable"]);

/** What a server makes of the request line `GET  HTTP/1.0`. */
const BAD_REQUEST = 400;

/**
 * How a health check judges a member (`hc_check_tcp` and `hc_check_http`, modules/proxy/mod_proxy_hcheck.c): TCP by the
 * connection, the other methods by the answer's status, 200 to 399, or instead by an expression. An expression that asks
 * for what the model does not know counts as none.
 *
 * Without `hcuri` and a path in the member's URL, httpd asks for nothing at all and is refused (measured on httpd
 * 2.4.71); OPTIONS asks for `*`.
 */
export function healthTest(
  { method, uri, expression }: EffectiveHealthCheck,
  url: string,
  expressions: readonly HealthCheckExpression[],
): HealthTest {
  if (method === "TCP") return ({ kind }) => !UNREACHABLE.has(kind);
  const wanted = expression?.toLowerCase();
  const text = expressions.find(({ name }) => name.toLowerCase() === wanted)?.expression;
  const passes = (text === undefined ? undefined : checkExpression(text)) ?? (({ status }) => isGood(status));
  const asksNothing = uri === "" && !method.startsWith("OPTIONS") && !/^[a-z0-9+.-]+:\/\/[^/]*\//i.test(url);
  const hasBody = method.startsWith("GET");
  return (backend) => {
    if (backend.kind !== "answers") return false;
    const status = asksNothing ? BAD_REQUEST : backend.status;
    return passes({ status, body: hasBody ? "x".repeat(Math.min(backend.body, 1)) : "" });
  };
}

function isGood(status: number): boolean {
  return status >= 200 && status < 400;
}
