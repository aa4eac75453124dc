import type { JsonSchema, JsonValue } from "../vocabulary/json.js";
import { shown } from "../vocabulary/shown.js";
import { suggestion } from "../vocabulary/suggest.js";
import type { Shape } from "./shape.js";

/** A text. */
export function text(
  options: { readonly allowed?: string; readonly pattern?: string; readonly filled?: boolean } = {},
): Shape<string> {
  const { allowed = options.filled === true ? "a text that is not empty" : "a text", pattern, filled } = options;
  const schema: JsonSchema = {
    type: "string",
    ...(filled === true ? { minLength: 1 } : {}),
    ...(pattern === undefined ? {} : { pattern }),
  };
  return sameAsJson(schema, (json) => ({
    found: shown(json),
    allowed,
    ...(pattern === undefined || typeof json !== "string" ? {} : { fix: "correct the value" }),
  }));
}

/** One of a few words. */
export function words<const W extends string>(known: readonly W[]): Shape<W> {
  return sameAsJson({ enum: known }, (json) => ({
    found: shown(json),
    allowed: known.join(", "),
    fix: suggestion(typeof json === "string" ? json : "", known),
  }));
}

/** `true` or `false`. */
export function flag(): Shape<boolean> {
  return sameAsJson({ type: "boolean" }, (json) => ({ found: shown(json), allowed: "true or false" }));
}

/**
 * A whole number in a range, both ends included.
 *
 * @param fix - how a wrong one is mended. @default - what its key means
 */
export function whole(minimum: number, maximum: number, fix?: string): Shape<number> {
  return sameAsJson({ type: "integer", minimum, maximum }, (json) => ({
    found: shown(json),
    allowed: `a whole number from ${minimum} to ${maximum}`,
    ...(fix === undefined ? {} : { fix }),
  }));
}

/** A value that is the same as its JSON. */
export function sameAsJson<V extends JsonValue>(schema: JsonSchema, complaint: Shape<V>["complaint"]): Shape<V> {
  return { schema, complaint, read: (json) => json as V, write: (value) => value };
}
