/**
 * A value as JSON text that is the same for equal values on every machine: keys in code-point order, no blanks,
 * undefined left out. Numbers and texts as ECMAScript prints them (RFC 8785).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item ?? null)).join(",")}]`;
  let text = "";
  for (const key of Object.keys(value).sort(compareCodePoints)) {
    const item: unknown = value[key as keyof typeof value];
    if (item !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}

/** Order by code points, which `<` on strings is not for characters beyond U+FFFF. */
export function compareCodePoints(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  for (let at = 0; at < most; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return weight(a) - weight(b);
  }
  return left.length - right.length;
}

/** UTF-16 puts characters beyond U+FFFF, by their surrogates, before U+E000 to U+FFFF; code points put them behind. */
function weight(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
