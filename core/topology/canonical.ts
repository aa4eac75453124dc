/**
 * A value as JSON text that is the same for equal values on every machine: keys in code-point order, no blanks,
 * undefined left out. Numbers and texts as ECMAScript prints them (RFC 8785).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.toSorted(([left], [right]) => compareCodePoints(left, right));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/** Order by code points, which `<` on strings is not for characters beyond U+FFFF. */
export function compareCodePoints(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  const differing = a.findIndex((character, index) => character !== b[index]);
  if (differing === -1) return a.length - b.length;
  return (a[differing]?.codePointAt(0) ?? 0) - (b[differing]?.codePointAt(0) ?? -1);
}
