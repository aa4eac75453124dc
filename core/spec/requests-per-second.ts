import { sameAsJson } from "../shape/plain.js";
import type { Shape } from "../shape/shape.js";
import { shown } from "../vocabulary/shown.js";

/** A number of requests per second that somebody can serve. */
export function requestsPerSecond(): Shape<number> {
  const schema = { type: "number", exclusiveMinimum: 0 };
  return sameAsJson(schema, (json) => ({ found: shown(json), allowed: "> 0 requests per second" }));
}
