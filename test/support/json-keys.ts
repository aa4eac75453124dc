import { isRecord } from "../../core/vocabulary/json.js";

/** The values of a key, wherever it stands in a document, each as JSON. */
export function jsonKeys(value: unknown, key: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => jsonKeys(item, key));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key ? [JSON.stringify(inner)] : jsonKeys(inner, key),
  );
}
