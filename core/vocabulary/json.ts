/** A JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON Schema (draft 2020-12) as data. */
export type JsonSchema = { readonly [key: string]: JsonValue };

/** A JSON object. */
export type JsonRecord = { readonly [key: string]: JsonValue };

/** True for a JSON object, which a list is not. */
export function isRecord(json: unknown): json is JsonRecord {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** The JSON object itself, and an empty one for everything else. */
export function recordOf(json: unknown): JsonRecord {
  return isRecord(json) ? json : {};
}
