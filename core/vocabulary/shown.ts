/** Characters that do not print, and would break a message into lines. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Longest value that a message shows whole, characters. */
const LONGEST = 160;
/** Characters of a longer one that are shown. */
const BEGINNING = 60;

/** A value as a message shows it: text in quotes, data as JSON, everything else by its type; the beginning of a long one. */
export function shown(value: unknown): string {
  const whole = wholly(value);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, BEGINNING)}... (${whole.length} characters)`;
}

function wholly(value: unknown): string {
  if (typeof value === "string") return CONTROL.test(value) ? JSON.stringify(value) : `'${value}'`;
  if (typeof value === "function") return "a function";
  if (value === undefined) return "nothing";
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
}
