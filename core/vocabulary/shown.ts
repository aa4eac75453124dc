/** Characters that do not print, and would break a message into lines. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A value as a message shows it: text in quotes, data as JSON, everything else by its type. */
export function shown(value: unknown): string {
  if (typeof value === "string") return CONTROL.test(value) ? JSON.stringify(value) : `'${value}'`;
  if (typeof value === "function") return "a function";
  if (value === undefined) return "nothing";
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
}
